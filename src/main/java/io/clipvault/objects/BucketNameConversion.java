package io.clipvault.objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets controllers take a {@link BucketName} from the path or the query. */
@Configuration(proxyBeanMethods = false)
class BucketNameConversion implements WebMvcConfigurer {

	private final ObjectProvider<BucketScope> scope;

	BucketNameConversion(ObjectProvider<BucketScope> scope) {
		this.scope = scope;
	}

	@Override
	public void addFormatters(FormatterRegistry registry) {
		registry.addConverter(String.class, BucketName.class, (name) -> this.scope.getObject().resolve(name));
	}

}
