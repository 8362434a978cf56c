package io.clipvault;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class WebServerConfigurationTests {

	@Test
	void aBodyThatStopsIsWaitedFor20SecondsAndAReaderLonger() {
		TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory();
		new WebServerConfiguration().stalledBodies().customize(tomcat);
		Connector connector = new Connector();
		tomcat.getConnectorCustomizers().forEach((customizer) -> customizer.customize(connector));
		AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
		assertThat(protocol.getDisableUploadTimeout()).isFalse();
		assertThat(protocol.getConnectionUploadTimeout()).isEqualTo(20_000);
		assertThat(protocol.getConnectionTimeout()).isEqualTo(60_000);
	}

}
