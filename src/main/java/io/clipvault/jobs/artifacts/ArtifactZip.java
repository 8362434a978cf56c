package io.clipvault.jobs.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.clipvault.bounds.Places;
import io.clipvault.layouts.JobId;
import io.clipvault.problems.BrokenDownload;
import io.clipvault.problems.ProblemType;
import io.clipvault.storage.ObjectBytes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Streams a job's artifacts as one zip, without compression: video does not shrink. */
@Component
class ArtifactZip {

	/** A zip's comment has 64 KB. */
	private static final int MOST_NAMES = 20;

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	private static final Logger log = LoggerFactory.getLogger(ArtifactZip.class);

	/**
	 * Zips and objects together have fewer places than the store's client has
	 * connections.
	 */
	static final int MOST = 32;

	private final Places places = new Places(MOST, ProblemType.DOWNLOADS_BUSY,
			"%d zips are being sent already: ask again after the time in Retry-After, or fetch the artifacts by their links."
				.formatted(MOST));

	private final ArtifactStore store;

	ArtifactZip(ArtifactStore store) {
		this.store = store;
	}

	void send(JobId job, HttpServletRequest request, HttpServletResponse response) {
		List<StoredArtifact> artifacts = this.store.all(job);
		String name = job + ".zip";
		if (HttpMethod.HEAD.matches(request.getMethod())) {
			describe(name, response);
			return;
		}
		try (Places.Place _ = this.places.take()) {
			describe(name, response);
			write(artifacts, response.getOutputStream());
		}
		catch (IOException gone) {
			BrokenDownload.cut(request, name, gone);
		}
		catch (RuntimeException broken) {
			if (!response.isCommitted()) {
				throw broken;
			}
			BrokenDownload.cut(request, name, broken);
		}
	}

	private static void describe(String name, HttpServletResponse response) {
		response.setContentType("application/zip");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				ContentDisposition.attachment().filename(name).build().toString());
	}

	void write(List<StoredArtifact> artifacts, OutputStream out) throws IOException {
		ZipOutputStream zip = new ZipOutputStream(out);
		zip.setLevel(Deflater.NO_COMPRESSION);
		sayWhatIsLeftOut(artifacts, zip);
		for (StoredArtifact artifact : artifacts) {
			if (artifact.escapes()) {
				continue;
			}
			ZipEntry entry = new ZipEntry(artifact.name());
			entry.setTime(artifact.lastModified().toEpochMilli());
			zip.putNextEntry(entry);
			try (ObjectBytes object = this.store.open(artifact)) {
				object.writeTo(zip);
			}
			zip.closeEntry();
		}
		zip.finish();
	}

	/**
	 * In the zip's comment and in the log, because the answer has no other place for it.
	 */
	private static void sayWhatIsLeftOut(List<StoredArtifact> artifacts, ZipOutputStream zip) {
		List<StoredArtifact> left = artifacts.stream().filter(StoredArtifact::escapes).toList();
		if (left.isEmpty()) {
			return;
		}
		String names = left.stream()
			.limit(MOST_NAMES)
			.map((artifact) -> "'" + CONTROL.matcher(artifact.key()).replaceAll("?") + "'")
			.collect(Collectors.joining(", "));
		String told = "%,d objects are left out, because a program that unpacks them could write outside of its folder, or fail: %s%s"
			.formatted(left.size(), names, (left.size() > MOST_NAMES) ? ", …" : "");
		zip.setComment(told);
		log.warn("{}", told);
	}

}
