"""Shared by both benches: checks the tools, starts the service and fills a bucket with jobs."""

import concurrent.futures
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parent.parent / "target" / "clipvault.jar"
PACKAGES = {"nginx": "nginx-light", "wrk": "wrk", "fastapi": "python3-fastapi", "uvicorn": "python3-uvicorn",
            "boto3": "python3-boto3"}
TEXT = "Seven words about this clip, and a few more #habits #morning #clips "


def require(programs, modules):
    missing = [PACKAGES[name] for name in programs if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")]
    missing += [PACKAGES[name] for name in modules if not importlib.util.find_spec(name)]
    if missing:
        sys.exit("Missing: apt-get install --no-install-recommends " + " ".join(missing))
    if not JAR.exists():
        sys.exit(f"Missing: {JAR}. Build it with ./mvnw -DskipTests package")


class Service:
    """The packaged service on its own ports and in its own folder."""

    def __init__(self, folder, port, environment):
        self.base = f"http://127.0.0.1:{port}"
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        self.log = open(self.folder / "service.log", "wb")
        self.process = subprocess.Popen(
            [java, "--enable-native-access=ALL-UNNAMED", "-jar", str(JAR)], stdout=self.log, stderr=self.log,
            cwd=self.folder, env={**os.environ, "LC_ALL": "C.UTF-8", "SERVER_PORT": str(port),
                                  "CLIPVAULT_DATA_DIRECTORY": str(self.folder / "data"), **environment})
        self.wait()

    def wait(self):
        for _ in range(240):
            if self.process.poll() is not None:
                sys.exit(f"The service did not start: see {self.folder / 'service.log'}")
            try:
                return self.get("/actuator/health/liveness")
            except (urllib.error.URLError, OSError):
                time.sleep(0.25)
        sys.exit(f"The service does not answer: see {self.folder / 'service.log'}")

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=3600) as answer:
            return answer.read()

    def metric(self, name, **labels):
        for line in self.get("/actuator/prometheus").decode().splitlines():
            if line.startswith((name + "{", name + " ")) and all(f'{k}="{v}"' in line for k, v in labels.items()):
                return float(line.rsplit(" ", 1)[1])
        return 0.0

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def engine(folder, port, engine_port):
    """Starts the service with its embedded engine; returns it and the engine's keys."""
    service = Service(folder, port, {"CLIPVAULT_STORAGE_ENGINE": "embedded",
                                     "CLIPVAULT_EMBEDDED_PORT": str(engine_port)})
    access, secret = (pathlib.Path(folder) / "data" / "s3" / "keys").read_text().split()
    return service, access, secret


def client(endpoint, access, secret):
    import boto3
    from botocore.config import Config
    return boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=access,
                        aws_secret_access_key=secret,
                        config=Config(signature_version="s3v4", s3={"addressing_style": "path"},
                                      max_pool_connections=32))


def fill(s3, bucket, jobs, clips):
    """Adds the missing jobs to the bucket, each with its metadata and this number of clips."""
    def put(number):
        job, title = f"job-{number:07d}", f"talk number {number}"
        for clip in range(1, clips + 1):
            s3.put_object(Bucket=bucket, Key=f"{job}/{title}_clip_{clip}.mp4", Body=b"clip")
        shorts = [{"start": 60.0 * n, "end": 60.0 * n + 30, "video_title_for_youtube_short": f"{number}/{n} {TEXT}",
                   "video_description_for_tiktok": TEXT * 2, "video_description_for_instagram": TEXT * 2}
                  for n in range(clips)]
        s3.put_object(Bucket=bucket, Key=f"{job}/{title}_metadata.json", Body=json.dumps({"shorts": shorts}).encode())

    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    there = {item["Key"].split("/")[0] for page in pages for item in page.get("Contents", [])
             if item["Key"].endswith("_metadata.json")}
    with concurrent.futures.ThreadPoolExecutor(16) as writers:
        list(writers.map(put, [n for n in range(jobs) if f"job-{n:07d}" not in there]))
