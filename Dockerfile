ARG JAVA=25

FROM eclipse-temurin:${JAVA}-jdk-noble AS build
WORKDIR /source
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q package -Dmaven.test.skip=true
# The folders of the driver's libraries are named as uname names the machine.
RUN java -Djarmode=tools -jar target/clipvault.jar extract --layers --destination /layers \
 && mkdir /native && cd /native \
 && jar -xf /layers/dependencies/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
 && mv "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" . && rm -r org

FROM eclipse-temurin:${JAVA}-jre-noble
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/spring-boot-loader/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /native/ native/
COPY --from=build /layers/application/ ./

# Java reads file names in the locale's charset.
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
# The Java that runs the cache trains it, against a store that it never calls. A cache that cannot be made fails the
# build here: a run would only ignore it.
RUN mkdir -p /tmp/training/jobs \
 && AWS_ACCESS_KEY_ID=training AWS_SECRET_ACCESS_KEY=training CLIPVAULT_STORAGE_ENGINE=s3 \
    CLIPVAULT_DATA_DIRECTORY=/tmp/training CLIPVAULT_JOBS_ROOT=/tmp/training/jobs \
    java --enable-native-access=ALL-UNNAMED -Dorg.sqlite.lib.path=/app/native \
      -XX:AOTCacheOutput=/app/clipvault.aot -Dspring.context.exit=onRefresh -jar clipvault.jar \
 && test -s clipvault.aot \
 && rm -rf /tmp/* \
 && install -d -o 10001 -g 10001 /data /output

ENV CLIPVAULT_STORAGE_ENGINE=s3 \
    CLIPVAULT_DATA_DIRECTORY=/data \
    CLIPVAULT_JOBS_ROOT=/output
USER 10001:10001
VOLUME /data /output /tmp
EXPOSE 8080
# The image has bash, and neither curl nor wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
# The driver's own way, a copy of its library under /tmp, fails where /tmp must not hold programs.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-Dorg.sqlite.lib.path=/app/native", \
    "-XX:AOTCache=/app/clipvault.aot", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/clipvault.jar"]
