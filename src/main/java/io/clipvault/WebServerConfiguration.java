package io.clipvault;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.clipvault.bounds.ArrivingBody;
import io.clipvault.problems.BrokenDownload;
import io.clipvault.problems.ProblemValve;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.apache.catalina.core.StandardHost;
import org.springdoc.core.providers.ObjectMapperProvider;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures Tomcat and the head of the API description.
 */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

	/**
	 * Sends a gallery page in one write; with Tomcat's default of 8 KB its throughput
	 * halves.
	 */
	private static final String WRITE_BUFFER = "65536";

	/**
	 * Twice the largest JSON body. Many clients do not see the refusal of a body whose
	 * connection is closed while they send.
	 */
	private static final String MOST_DISCARDED = Integer.toString(32 << 20);

	/** A link to the next page repeats the query of the request. */
	private static final String RESPONSE_HEADERS = Integer.toString(16 << 10);

	/** Of the fields of a form that Tomcat reads by itself; files come another way. */
	private static final int LARGEST_FORM = 64 << 10;

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> writeBuffer() {
		return (tomcat) -> tomcat
			.addConnectorCustomizers((connector) -> connector.setProperty("socket.appWriteBufSize", WRITE_BUFFER));
	}

	/**
	 * Waits for the next bytes of a body no longer than for a body that is too slow;
	 * readers of an answer may pause longer.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> stalledBodies() {
		return (tomcat) -> tomcat.addConnectorCustomizers((connector) -> {
			connector.setProperty("disableUploadTimeout", "false");
			connector.setProperty("connectionUploadTimeout", Long.toString(ArrivingBody.WINDOW.toMillis()));
		});
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> bounds() {
		return (tomcat) -> tomcat.addConnectorCustomizers((connector) -> {
			connector.setProperty("maxSwallowSize", MOST_DISCARDED);
			connector.setProperty("maxHttpResponseHeaderSize", RESPONSE_HEADERS);
			connector.setMaxPostSize(LARGEST_FORM);
		});
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
		return (tomcat) -> tomcat.addContextCustomizers((context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemValve.class.getName());
			}
		});
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> brokenDownloadValve() {
		return (tomcat) -> tomcat.addContextValves(new BrokenDownload());
	}

	/**
	 * Describes fields by their JSON names; springdoc does not know Spring's naming
	 * strategy.
	 */
	@Bean
	ModelResolver snakeCase(ObjectMapperProvider mappers) {
		return new ModelResolver(
				mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
	}

	@Bean
	OpenAPI api() {
		return new OpenAPI().info(new Info().title("Clipvault")
			.version("1")
			.description("Uploads the finished directory of a video job to S3 and serves it as a gallery of links."))
			.components(new Components()
				.addSecuritySchemes("key",
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("bearer")
							.description("A key (cv_…) or a token of the identity provider"))
				.addSecuritySchemes("api-key",
						new SecurityScheme().type(SecurityScheme.Type.APIKEY)
							.in(SecurityScheme.In.HEADER)
							.name("X-API-Key")))
			.addSecurityItem(new SecurityRequirement().addList("key"))
			.addSecurityItem(new SecurityRequirement().addList("api-key"));
	}

}
