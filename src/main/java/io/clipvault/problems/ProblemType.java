package io.clipvault.problems;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * Every type of failure that callers can get; the name becomes the stable {@code type}.
 */
public enum ProblemType {

	INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid",
			"'limit' must be from 1 to 500 and is 0: correct it and send the request again."),

	URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The query is too long",
			"The query has 7,000 characters, and 6,144 are allowed: shorten its values."),

	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large",
			"The body of this call may have 65,536 bytes: send less, or split it over more calls."),

	BODY_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body arrives too slowly",
			"Only 120 bytes of the body arrived in its time: send it at 64 KB a second or faster."),

	TOO_MANY_BODIES(HttpStatus.SERVICE_UNAVAILABLE, "Too many bodies at once",
			"The bodies that are being read take 33,554,432 bytes already: send this one again after the time in Retry-After."),

	INVALID_JOB_ID(HttpStatus.BAD_REQUEST, "The job id is not valid",
			"A job id is 1 to 128 letters, digits, '.', '_' or '-' and starts with a letter or digit."),

	FOREIGN_CALLER(HttpStatus.FORBIDDEN, "The call comes from a foreign page or host",
			"The Origin 'https://elsewhere.example' is not this service's own: add it to clipvault.security.frontends if it is yours."),

	UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A key is needed",
			"Send a key as 'Authorization: Bearer cv_…' or as 'X-API-Key: cv_…', or sign in with POST /session."),

	ROLE_MISSING(HttpStatus.FORBIDDEN, "The role is not sufficient",
			"This call needs the role admin, and 'ci (9f1c2ab3)' has the role producer: use a key that has it."),

	TOO_MANY_ATTEMPTS(HttpStatus.TOO_MANY_REQUESTS, "Too many wrong keys",
			"More than 10 wrong keys came from this address: wait for the time in Retry-After, then use the right one."),

	IDENTITY_PROVIDER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The identity provider does not answer",
			"The identity provider did not answer, so the token could not be checked: try again, or use a key."),

	DIRECTORY_OUTSIDE_ROOT(HttpStatus.UNPROCESSABLE_CONTENT, "The directory is outside the jobs root",
			"'../secrets' leads outside the jobs root: name a directory inside it."),

	DIRECTORY_MISSING(HttpStatus.UNPROCESSABLE_CONTENT, "The directory does not exist",
			"There is no directory 'my-job' in the jobs root: check the name, or wait until the generator has made it."),

	NOT_A_DIRECTORY(HttpStatus.UNPROCESSABLE_CONTENT, "The path is not a directory",
			"'my-job/clip.mp4' is a file: name the directory that holds it."),

	NOTHING_TO_UPLOAD(HttpStatus.UNPROCESSABLE_CONTENT, "The directory has nothing to upload",
			"'my-job' has no file ending in .mp4 or .json (files starting with temp_ do not count)."),

	UNUSABLE_FILE_NAME(HttpStatus.UNPROCESSABLE_CONTENT, "A file name cannot become an object key",
			"The key of 'a.mp4' would be 1,100 bytes long and S3 takes 1,024: shorten the file name, the job id or the key prefix."),

	UPLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The upload is too large",
			"There are more than 2,000 files: send fewer, or raise clipvault.jobs.intake.max-files."),

	ARCHIVE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The archive or form cannot be accepted",
			"'clip.mp4' is a link, a device or another special entry: pack plain files only."),

	AUDIO_MISSING(HttpStatus.UNPROCESSABLE_CONTENT, "The directory has no mp3",
			"'my-job' has no .mp3 file: make one, or name the directory that holds it."),

	AUDIO_AMBIGUOUS(HttpStatus.UNPROCESSABLE_CONTENT, "The directory has more than one mp3",
			"'my-job' has 2 .mp3 files (a.mp3, b.mp3): leave one of them there."),

	JOBS_ROOT_UNUSABLE(HttpStatus.INTERNAL_SERVER_ERROR, "The jobs root cannot be used",
			"The jobs root cannot be written (AccessDeniedException): check clipvault.jobs.root and this user's rights."),

	JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such job",
			"No job 'my-job' is known: post its directory to /jobs/my-job/artifacts first."),

	JOB_ACTIVE(HttpStatus.CONFLICT, "The job is being uploaded",
			"Job 'my-job' is uploading 'other-directory': wait until it has ended, then post again."),

	DIRECTORY_EXISTS(HttpStatus.CONFLICT, "The job's directory holds files that were not posted",
			"The jobs root has a directory 'my-job' that holds files which were not posted: post it with {\"directory\": \"my-job\"}, move it away, or choose another job id."),

	JOB_ENDED(HttpStatus.CONFLICT, "The job has already ended",
			"Job 'my-job' is completed: there is nothing to cancel."),

	NO_ARTIFACTS(HttpStatus.NOT_FOUND, "The bucket has no objects of this job",
			"The bucket holds nothing of job 'my-job': check the id, or wait until its upload has begun."),

	DISK_FULL(HttpStatus.INSUFFICIENT_STORAGE, "The disk is full",
			"The disk that holds the jobs root is full: free some space, then try again."),

	QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, "The queue is full",
			"1,000 jobs are waiting already: post this one again after the time in Retry-After."),

	TOO_MANY_FOLLOWERS(HttpStatus.SERVICE_UNAVAILABLE, "Too many follow events",
			"256 pages or programs follow events already: connect again after the time in Retry-After, or ask GET /jobs."),

	OBJECT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such object",
			"There is no object 'a.txt' in the bucket 'other': list the bucket to see its keys."),

	UPLOAD_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such upload",
			"No upload of '_uploads/talk-a1b2c3d4.mp4' is going on under this id: it was completed or aborted, so begin a new one."),

	UPLOAD_FORBIDDEN(HttpStatus.FORBIDDEN, "The key does not belong to an upload",
			"'sample/talk_clip_1.mp4' is not a key that this service gave to an upload: ask for one with POST /uploads or POST /uppy/s3/multipart."),

	UPLOAD_PARTS_DIFFER(HttpStatus.UNPROCESSABLE_CONTENT, "The parts do not match this upload",
			"Part 2 of this upload has another ETag in the store: list the parts, send what is missing, and complete it with their ETags."),

	ARTIFACT_EXISTS(HttpStatus.CONFLICT, "The job already has this file",
			"The job 'talk' has a 'talk_clip_1.mp4' already: choose another job_id, or send \"replace\": true."),

	NO_FRONTENDS(HttpStatus.UNPROCESSABLE_CONTENT, "No frontend is configured",
			"No frontend is configured: name the origins of its pages in clipvault.security.frontends and restart."),

	STORE_CANNOT(HttpStatus.NOT_IMPLEMENTED, "The store does not support this",
			"The embedded engine does not support lifecycle rules: use a store that does, such as Amazon S3."),

	JOB_NOT_IN_GALLERY(HttpStatus.NOT_FOUND, "The gallery has no clip of this job",
			"The gallery has no clip of job 'my-job': publish it with POST /jobs/my-job/artifacts, or ask with refresh=true if another program put it into the bucket."),

	GALLERY_LOADING(HttpStatus.SERVICE_UNAVAILABLE, "The gallery is still loading",
			"The bucket is still being read for the first time: ask again after the time in Retry-After."),

	STORE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer",
			"The store at http://127.0.0.1:8484 could not be reached: check the endpoint and the network, then try again."),

	STORE_REFUSED(HttpStatus.BAD_GATEWAY, "The store refused the call",
			"The bucket 'openshorts.app-clips' does not exist: create it, or set AWS_S3_BUCKET."),

	BUCKET_OUT_OF_SCOPE(HttpStatus.FORBIDDEN, "The service may not touch this bucket",
			"The bucket 'other' is not one this service may touch: add it to clipvault.objects.buckets."),

	KEY_OUT_OF_SCOPE(HttpStatus.FORBIDDEN, "The key is outside the service's prefix",
			"'other/a.mp4' is outside the prefix 'clips/', so this service signs no link to it: ask the bucket's owner."),

	INVALID_BUCKET_NAME(HttpStatus.UNPROCESSABLE_CONTENT, "The bucket name is not valid",
			"'My_Bucket' cannot be a bucket's name: it holds 'M', and only a-z, 0-9, '.' and '-' are allowed."),

	INVALID_OBJECT_KEY(HttpStatus.UNPROCESSABLE_CONTENT, "The object key is not valid",
			"The key is 1,100 bytes long and S3 takes 1,024: shorten it."),

	BUCKET_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such bucket",
			"There is no bucket 'other': create it with POST /buckets, or check the name."),

	BUCKET_EXISTS(HttpStatus.CONFLICT, "The bucket already exists",
			"There is a bucket 'other' already: use it, or choose another name."),

	BUCKET_NOT_EMPTY(HttpStatus.CONFLICT, "The bucket is not empty",
			"The bucket 'other' still holds 3 objects: delete them first, or add ?purge=true to have all of it removed."),

	PURGE_NOT_FOUND(HttpStatus.NOT_FOUND, "The bucket is not being purged",
			"No purge of the bucket 'other' is known: start one with DELETE /buckets/other?purge=true."),

	AUDIT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such audit",
			"No audit '7f1d' is known: the last 100 are kept, see GET /audits."),

	AUDIT_RUNNING(HttpStatus.CONFLICT, "An audit is running",
			"The audit '7f1d' is running, and there is one at a time: wait until GET /audits/7f1d says that it has ended."),

	OBJECT_ARCHIVED(HttpStatus.CONFLICT, "The object is archived",
			"The object 'a.mp4' lies in an archive class: have the store restore it before it is read."),

	CONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The condition is not met",
			"'a.txt' does not meet the condition of the request: read its present state, then decide."),

	RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The range is outside the object",
			"'a.mp4' has no bytes in that range: ask for its size with HEAD first."),

	VALUE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The store refuses these values",
			"The S3-compatible store answered InvalidStorageClass: name a storage class that this store has."),

	OBJECT_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The object is too large",
			"An object of unknown length may have 83,886,080,000 bytes: send Content-Length, or a smaller one."),

	UPLOADS_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many uploads at once",
			"All upload buffers are in use: send the object again after the time in Retry-After."),

	INTAKES_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many files are being posted",
			"32 forms and archives are arriving already: send this one again after the time in Retry-After."),

	DOWNLOADS_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many downloads at once",
			"32 zips are being sent already: ask again after the time in Retry-After, or fetch the artifacts by their links."),

	WEBHOOKS_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too many webhooks are waiting",
			"1,000 webhooks to example.org are waiting already: see that the receiver answers, and post the job again after the time in Retry-After, or without a webhook."),

	DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer",
			"The database could not be read or written (reference 5f0c1d7e in the log): check it and the space on its disk, then send the request again."),

	NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address",
			"GET /clips is not an endpoint of this service: see /swagger-ui.html for all endpoints."),

	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not supported here",
			"PUT is not supported here: use GET."),

	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type is not supported",
			"Send the body as application/json."),

	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The response does not have an accepted media type",
			"The response is application/json: accept that."),

	INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong inside the service",
			"The log has the details under reference 5f0c1d7e; the request itself is not the cause.");

	private final HttpStatus status;

	private final String title;

	private final String sample;

	ProblemType(HttpStatus status, String title, String sample) {
		this.status = status;
		this.title = title;
		this.sample = sample;
	}

	public URI type() {
		return URI.create("urn:clipvault:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	public HttpStatus status() {
		return this.status;
	}

	public String title() {
		return this.title;
	}

	/** An example of the detail, for the API description. */
	public String sample() {
		return this.sample;
	}

}
