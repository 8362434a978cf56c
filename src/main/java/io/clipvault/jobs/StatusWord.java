package io.clipvault.jobs;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads a status in an address as it is written in the answers. */
@Component
class StatusWord implements Converter<String, JobStatus> {

	@Override
	public JobStatus convert(String word) {
		return JobStatus.of(word);
	}

}
