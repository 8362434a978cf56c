// A frontend's page with Uppy, which the tests control step by step.
import Uppy from '@uppy/core'
import AwsS3 from '@uppy/aws-s3'

// Generates the bytes that the tests expect in the bucket: xorshift32, little-endian.
function bytes(size, seed) {
  const words = new Uint32Array(Math.ceil(size / 4))
  let x = seed
  for (let i = 0; i < words.length; i++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    words[i] = x
  }
  return new Blob([words.buffer.slice(0, size)], { type: 'video/mp4' })
}

function uploaderOptions(service, mode) {
  if (mode === 'companion') {
    return { companionEndpoint: `${service}/uppy` }
  }
  return {
    signRequest: async (request) => {
      const answer = await fetch(`${service}/uppy/sign`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
      const signed = await answer.json()
      if (!answer.ok) throw new Error(signed.error)
      return signed
    },
  }
}

// Starts an upload; after stopAfter parts it calls Uppy's pauseAll or cancelAll.
window.start = ({ service, mode, name, size, seed, multipart, begun, stop, stopAfter }) => {
  const uppy = new Uppy()
  uppy.use(AwsS3, { ...uploaderOptions(service, mode), ...(multipart ? { shouldUseMultipart: true } : {}) })
  const id = uppy.addFile({ name, type: 'video/mp4', data: bytes(size, seed), meta: { directory: 'browser' } })
  if (begun) {
    uppy.setFileState(id, { s3Multipart: begun })
  }
  const upload = { uppy, parts: [], key: null, error: null, stopped: null }
  uppy.on('s3-multipart:part-uploaded', (file, part) => {
    upload.parts.push(part.PartNumber)
    if (upload.parts.length === stopAfter) {
      upload.stopped = uppy.getFile(id).s3Multipart
      uppy[stop]()
    }
  })
  uppy.on('upload-success', (file, response) => { upload.key = response.body.key })
  uppy.on('upload-error', (file, error) => { upload.error = String(error) })
  uppy.upload().catch((error) => { upload.error = String(error) })
  window.upload = upload
}
