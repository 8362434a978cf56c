ARG JAVA=25

FROM eclipse-temurin:${JAVA}-jdk-noble AS build
WORKDIR /source
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q package -Dmaven.test.skip=true
# The SQLite driver's library folders have the names that uname -m prints.
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

# Java decodes file names in the locale's charset.
ENV LANG=C.UTF-8 \
    LC_ALL=C.UTF-8
# Trains the AOT cache with the same Java that will use it; the store is never called. The build fails if the cache
# cannot be created, because the JVM would only ignore a missing one.
RUN mkdir -p /tmp/training/jobs \
 && AWS_ACCESS_KEY_ID=training AWS_SECRET_ACCESS_KEY=training CLIPVAULT_STORAGE_ENGINE=s3 \
    CLIPVAULT_DATA_DIRECTORY=/tmp/training CLIPVAULT_JOBS_ROOT=/tmp/training/jobs \
    java --enable-native-access=ALL-UNNAMED -Dorg.sqlite.lib.path=/app/native \
      -XX:AOTCacheOutput=/app/clipvault.aot -Dspring.context.exit=onRefresh -jar clipvault.jar \
 && test -s clipvault.aot \
 && rm -rf /tmp/* \
 && install -d -o 10001 -g 10001 /output && install -d -m 0700 -o 10001 -g 10001 /data

ENV CLIPVAULT_STORAGE_ENGINE=s3 \
    CLIPVAULT_DATA_DIRECTORY=/data \
    CLIPVAULT_JOBS_ROOT=/output
USER 10001:10001
VOLUME /data /output /tmp
EXPOSE 8080
# The image has bash, but neither curl nor wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]"]
# By default the SQLite driver copies its library to /tmp, which fails if /tmp is mounted noexec.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-Dorg.sqlite.lib.path=/app/native", \
    "-XX:AOTCache=/app/clipvault.aot", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/clipvault.jar"]
