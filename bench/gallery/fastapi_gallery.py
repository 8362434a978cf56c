"""A simple gallery to compare with: FastAPI over boto3, cached for five minutes."""

import json
import os
import time

import boto3
from botocore.config import Config
from fastapi import FastAPI

app = FastAPI()
bucket = os.environ["AWS_S3_BUCKET"]
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL_S3"], region_name="us-east-1",
                  config=Config(s3={"addressing_style": "path"}))
cache = {"until": 0.0, "clips": []}


def read():
    keys, metadata = set(), []
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for item in page.get("Contents", []):
            keys.add(item["Key"])
            if item["Key"].endswith("_metadata.json"):
                metadata.append(item)
    clips = []
    for item in metadata:
        document = json.loads(s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read())
        stem = item["Key"].removesuffix("_metadata.json")
        for index, clip in enumerate(document["shorts"]):
            key = f"{stem}_clip_{index + 1}.mp4"
            if key in keys:
                clips.append({
                    "job_id": key.split("/")[0], "index": index,
                    "url": s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key}, 7200),
                    "title": clip.get("video_title_for_youtube_short", "Untitled Clip"),
                    "tiktok_desc": clip.get("video_description_for_tiktok", ""),
                    "insta_desc": clip.get("video_description_for_instagram", ""),
                    "created_at": item["LastModified"].isoformat(),
                    "duration": clip.get("end", 0) - clip.get("start", 0)})
    return sorted(clips, key=lambda clip: clip["created_at"], reverse=True)


@app.get("/gallery")
def gallery(limit: int = 50):
    if time.monotonic() > cache["until"]:
        cache["clips"] = read()
        cache["until"] = time.monotonic() + 300
    return cache["clips"][:limit]
