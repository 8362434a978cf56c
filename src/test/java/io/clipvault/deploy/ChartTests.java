package io.clipvault.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Renders the chart and reads the manifests as strictly as a cluster would. */
class ChartTests {

	private static final Helm CHART = new Helm(Path.of("helm", "clipvault"));

	private static final Path ALL_VALUES = Path.of("src", "test", "resources", "chart-values.yaml");

	@Test
	void lintWhenStrictFindsNothing() {
		LintResult result = CHART.lint().strict().call();
		assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
	}

	@Test
	void templateWhenNotOpenIsRefused() {
		assertThatThrownBy(() -> CHART.template().call()).hasMessageContaining("set security.open=true")
			.hasMessageContaining("security.existingSecret");
	}

	@Test
	void templateWithKeysIsNotOpenAndNamesItsHosts() throws IOException {
		JsonNode deployment = deployment(render(CHART.template()
			.set("security.existingSecret", "clipvault-keys")
			.set("ingress.enabled", "true")
			.set("ingress.host", "clips.example.org")));
		assertThat(variables(deployment)).doesNotContainKey("CLIPVAULT_SECURITY_OPEN")
			.hasEntrySatisfying("CLIPVAULT_SECURITY_HOSTS",
					(hosts) -> assertThat(hosts).startsWith("release-clipvault,release-clipvault.")
						.endsWith(".svc.cluster.local,clips.example.org"));
		assertThat(deployment.at("/spec/template/spec/containers/0/envFrom/0/secretRef/name").asString())
			.isEqualTo("clipvault-keys");
	}

	@Test
	void templateWhenOpenIsOnePodBehindAService() throws IOException {
		Map<String, JsonNode> objects = render(open());
		assertThat(objects).containsOnlyKeys("ServiceAccount release-clipvault",
				"PersistentVolumeClaim release-clipvault-data", "PersistentVolumeClaim release-clipvault-jobs",
				"Service release-clipvault", "Deployment release-clipvault");
		JsonNode deployment = deployment(objects);
		assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(1);
		assertThat(deployment.at("/spec/strategy/type").asString()).isEqualTo("Recreate");
		assertThat(variables(deployment)).containsEntry("SERVER_ADDRESS", "0.0.0.0")
			.containsEntry("CLIPVAULT_SECURITY_OPEN", "true")
			.doesNotContainKey("CLIPVAULT_STORAGE_ENGINE");
	}

	@Test
	void serviceWhenRenderedFindsThePod() throws IOException {
		Map<String, JsonNode> objects = render(open());
		JsonNode selector = Objects.requireNonNull(objects.get("Service release-clipvault")).at("/spec/selector");
		JsonNode labels = deployment(objects).at("/spec/template/metadata/labels");
		assertThat(selector.propertyNames()).isNotEmpty()
			.allSatisfy((label) -> assertThat(labels.path(label)).isEqualTo(selector.path(label)));
		assertThat(deployment(objects).at("/spec/selector/matchLabels")).isEqualTo(selector);
	}

	@Test
	void podWhenRenderedIsConfined() throws IOException {
		JsonNode pod = deployment(render(open())).at("/spec/template/spec");
		assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
		assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
		assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
		assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
		JsonNode container = pod.at("/containers/0");
		assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
		assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
		assertThat(container.at("/securityContext/capabilities/drop/0").asString()).isEqualTo("ALL");
		assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/liveness");
		assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/actuator/health/readiness");
		assertThat(container.path("volumeMounts")).extracting((mount) -> mount.path("mountPath").asString())
			.containsExactlyInAnyOrder("/data", "/output", "/tmp");
	}

	@Test
	void templateWhenAllValuesAreSetUsesThem() throws IOException {
		Map<String, JsonNode> objects = render(CHART.template().withValuesFile(ALL_VALUES));
		assertThat(objects).containsOnlyKeys("ServiceAccount clips", "Service release-clipvault",
				"Deployment release-clipvault", "Ingress release-clipvault", "NetworkPolicy release-clipvault");
		JsonNode deployment = deployment(objects);
		assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(3);
		assertThat(deployment.at("/spec/strategy/type").asString()).isEqualTo("RollingUpdate");
		assertThat(variables(deployment)).containsEntry("AWS_ENDPOINT_URL_S3", "http://store.clips.svc:8333")
			.containsEntry("CLIPVAULT_LINKS_PUBLIC_ENDPOINT", "https://store.example.org")
			.containsEntry("CLIPVAULT_STORAGE_PREFIX", "clips/")
			.containsEntry("CLIPVAULT_SECURITY_FRONTENDS", "https://a.example.org,https://b.example.org")
			.containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://db:5432/clipvault")
			.containsEntry("CLIPVAULT_GALLERY_FRESH", "1m");
		JsonNode pod = deployment.at("/spec/template/spec");
		assertThat(pod.path("serviceAccountName").asString()).isEqualTo("clips");
		assertThat(pod.at("/containers/0/image").asString()).isEqualTo("registry.example.org/clipvault:1.2.3");
		assertThat(pod.at("/containers/0/envFrom")).extracting((from) -> from.at("/secretRef/name").asString())
			.containsExactly("store-keys", "database-user");
		assertThat(pod.path("volumes")).filteredOn((volume) -> volume.path("name").asString().equals("jobs"))
			.singleElement()
			.satisfies((jobs) -> assertThat(jobs.at("/persistentVolumeClaim/claimName").asString())
				.isEqualTo("generator-output"));
	}

	@Test
	void templateWhenAValueIsMisspeltOrMistypedNamesIt() {
		assertThatThrownBy(() -> open().set("store.buckets", "clips").call()).hasMessageContaining("buckets");
		assertThatThrownBy(() -> CHART.template().set("security.open", "no").call()).hasMessageContaining("open");
	}

	@Test
	void templateWhenReplicasHaveNoSharedStateSaysWhatIsMissing() {
		assertThatThrownBy(() -> open().set("replicas", "2").call()).hasMessageContaining("set database.url");
		assertThatThrownBy(
				() -> open().set("replicas", "2").set("database.url", "jdbc:postgresql://db:5432/clipvault").call())
			.hasMessageContaining("set jobs.accessMode=ReadWriteMany or jobs.existingClaim");
	}

	private static TemplateCommand open() {
		return CHART.template().set("security.open", "true");
	}

	private static Map<String, JsonNode> render(TemplateCommand command) throws IOException {
		LoaderOptions strict = new LoaderOptions();
		strict.setAllowDuplicateKeys(false);
		String manifests = command.withName("release").withNamespace("clips").call();
		Map<String, JsonNode> objects = new LinkedHashMap<>();
		for (Object manifest : new Yaml(new SafeConstructor(strict)).loadAll(manifests)) {
			if (manifest instanceof Map<?, ?> fields) {
				JsonElement json = new Gson().toJsonTree(fields);
				validate(String.valueOf(fields.get("kind")), json);
				JsonNode object = new JsonMapper().readTree(json.toString());
				objects.put(fields.get("kind") + " " + object.at("/metadata/name").asString(), object);
			}
		}
		return objects;
	}

	/** Throws on an unknown, a missing or a mistyped field. */
	private static void validate(String kind, JsonElement json) throws IOException {
		Class<?> type = switch (kind) {
			case "Deployment" -> {
				V1Deployment.validateJsonElement(json);
				yield V1Deployment.class;
			}
			case "Service" -> {
				V1Service.validateJsonElement(json);
				yield V1Service.class;
			}
			case "ServiceAccount" -> {
				V1ServiceAccount.validateJsonElement(json);
				yield V1ServiceAccount.class;
			}
			case "PersistentVolumeClaim" -> {
				V1PersistentVolumeClaim.validateJsonElement(json);
				yield V1PersistentVolumeClaim.class;
			}
			case "Ingress" -> {
				V1Ingress.validateJsonElement(json);
				yield V1Ingress.class;
			}
			case "NetworkPolicy" -> {
				V1NetworkPolicy.validateJsonElement(json);
				yield V1NetworkPolicy.class;
			}
			default -> throw new IllegalStateException("The chart renders a " + kind + ": add it here.");
		};
		assertThat((Object) JSON.getGson().fromJson(json, type)).isNotNull();
	}

	private static JsonNode deployment(Map<String, JsonNode> objects) {
		return Objects.requireNonNull(objects.get("Deployment release-clipvault"));
	}

	/** The container's variables; throws if one is set twice. */
	private static Map<String, String> variables(JsonNode deployment) {
		return StreamSupport.stream(deployment.at("/spec/template/spec/containers/0/env").spliterator(), false)
			.collect(Collectors.toMap((variable) -> variable.path("name").asString(),
					(variable) -> variable.path("value").asString()));
	}

}
