package io.clipvault.jobs;

import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads a status in a query parameter by its JSON name. */
@Component
class StatusWord implements Converter<String, JobStatus> {

	@Override
	public JobStatus convert(String word) {
		return JobStatus.of(word);
	}

}
