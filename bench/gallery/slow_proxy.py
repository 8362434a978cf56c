"""A proxy between a client and an S3 server that delays and counts the requests.

usage: slow_proxy.py PORT SERVER_PORT DELAY_MS; GET /-/counts returns the counts and resets them.
"""

import asyncio
import collections
import json
import sys

port, server_port, delay = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1000
counts = collections.Counter()


def headers(head):
    lines = head.decode("latin-1").split("\r\n")
    return lines[0], {name.strip().lower(): value.strip() for name, _, value in (l.partition(":") for l in lines[1:])}


async def body(reader, writer, fields):
    if fields.get("transfer-encoding", "").lower() == "chunked":
        while True:
            size = await reader.readline()
            length = int(size.split(b";")[0], 16)
            writer.write(size + await reader.readexactly(length + 2))
            if length == 0:
                break
    else:
        left = int(fields.get("content-length", 0))
        while left:
            piece = await reader.read(min(left, 65536))
            writer.write(piece)
            left -= len(piece)
    await writer.drain()


def answer(writer, text):
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(text)}\r\n\r\n{text}".encode())


async def serve(reader, writer):
    server_reader, server_writer = await asyncio.open_connection("127.0.0.1", server_port, limit=1 << 20)
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            request, fields = headers(head)
            method, target, _ = request.split(" ")
            if target == "/-/counts":
                answer(writer, json.dumps(counts))
                counts.clear()
                continue
            counts["list" if "list-type=2" in target else method.lower()] += 1
            await asyncio.sleep(delay)
            server_writer.write(head)
            await body(reader, server_writer, fields)
            head = await server_reader.readuntil(b"\r\n\r\n")
            status, fields = headers(head)
            writer.write(head)
            if method != "HEAD" and status.split(" ")[1] not in ("204", "304"):
                await body(server_reader, writer, fields)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        server_writer.close()
        writer.close()


async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", port, limit=1 << 20, backlog=1024) as server:
        await server.serve_forever()


asyncio.run(main())
