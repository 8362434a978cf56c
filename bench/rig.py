"""Shared by the benches: runs a store and the service as separate processes and reads their use from /proc."""

import http.client, http.server, json, os, platform, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time
import uuid
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JAR = ROOT / "target/clipvault.jar"
MIB, GIB = 1 << 20, 1 << 30
LIMIT = 1800  # seconds that one measured run may take
ENDED = "completed", "failed", "cancelled"
TICK = os.sysconf("SC_CLK_TCK")
PATH = "/usr/local/bin:/usr/bin:/bin"
POSTGRESQL = "/usr/lib/postgresql"  # Debian's, one folder for each release
PACKAGES = {"aws": "awscli", "rclone": "rclone", "python3-boto3": "python3-boto3", "postgresql": "postgresql"}


def require(install, *names):
    """Exits with the install command if a Debian package is missing, or installs it if asked."""
    def has(name):
        if name == "python3-boto3":
            return subprocess.run(["/usr/bin/python3", "-c", "import boto3"], stderr=subprocess.DEVNULL).returncode == 0
        if name == "postgresql":
            return any(Path(POSTGRESQL).glob("*/bin/initdb"))
        return shutil.which(name, path=PATH)
    missing = [PACKAGES[name] for name in names if not has(name)]
    if missing and install:
        subprocess.run(["apt-get", "install", "-y", "-qq", *missing], check=True, stdout=subprocess.DEVNULL)
    elif missing:
        sys.exit(f"Missing: run  apt-get install {' '.join(missing)}  or give --install.")


def java(tool="java"):
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", tool)) if home else tool


def java_version():
    said = subprocess.run([java(), "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)[^"]*"', said)
    if not version or int(version[1]) < 25:
        sys.exit("Set JAVA_HOME to a JDK 25.")
    return said.splitlines()[0]


def machine():
    """The commit and the machine, for the line above a table."""
    git = lambda *words: subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True).stdout.strip()
    changed = " with local changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    load = os.getloadavg()[0]
    return (f"Commit {git('rev-parse', '--short', 'HEAD')}{changed}; {os.cpu_count()} cores "
            f"({model[1] if model else platform.machine()}), {java_version()}, load {load:.1f} before.")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def call(port, method, path, body=None, timeout=60):
    """One call on a connection of its own; returns the status and the text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, None if body is None else json.dumps(body),
                           {} if body is None else {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Receiver(http.server.ThreadingHTTPServer):
    """Takes webhooks and notes what each job was said to be; while it is frozen it takes none."""

    daemon_threads = True

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            while time.monotonic() < self.server.frozen_until:
                time.sleep(0.1)
            if "job" in body:
                self.server.told.setdefault(body["job"]["id"], {})[self.headers["Clipvault-Delivery"]] = body["job"]
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    def handle_error(self, *_):
        pass  # the service was killed

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.told, self.frozen_until = {}, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def settings(self):
        return ["--clipvault.webhooks.secret=bench-secret", "--clipvault.webhooks.allow-private-addresses=true",
                f"--clipvault.webhooks.url=http://127.0.0.1:{self.server_port}/"]


class Process:
    """A child process: measures its CPU and memory, and ends it."""

    def __init__(self, command, log, **options):
        self.log = open(log, "ab")
        # In its own session, so that a signal to the bench does not kill it before close().
        self.process = subprocess.Popen(command, stderr=self.log, start_new_session=True, **{"stdout": self.log} | options)
        self.pid = self.process.pid

    def cpu(self):
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self, name="VmRSS"):
        return int(re.search(name + r":\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())[1]) / 1024

    def forget_peak(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def signal(self, number):
        os.kill(self.pid, number)

    def close(self):
        self.process.send_signal(signal.SIGCONT)  # a frozen one does not take a signal to end
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Store:
    """The store given by BENCH_ENDPOINT, BENCH_ACCESS_KEY and BENCH_SECRET_KEY, or else an engine started here."""

    def __init__(self, folder):
        self.certificate, self.trust, self.process = folder / "engine.pem", folder / "trust.p12", None
        self.keys = os.environ.get("BENCH_ACCESS_KEY", "bench"), os.environ.get("BENCH_SECRET_KEY", "bench-secret")
        self.bucket = f"clipvault-bench-{uuid.uuid4().hex[:12]}"
        given = os.environ.get("BENCH_ENDPOINT")
        self.endpoints = {given.partition(":")[0]: given} if given else self._start(folder)
        self.name = "the store at " + given if given else "S3Proxy in its own process"

    def _start(self, folder):
        keytool = lambda *words: subprocess.run([java("keytool"), *words, "-storepass", "bench-only"], check=True,
                                                stderr=subprocess.DEVNULL)
        key = str(folder / "engine.p12")
        keytool("-genkeypair", "-alias", "engine", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext",
                "san=ip:127.0.0.1", "-ext", "bc=ca:true", "-validity", "2", "-keystore", key)
        keytool("-exportcert", "-rfc", "-alias", "engine", "-keystore", key, "-file", str(self.certificate))
        keytool("-importcert", "-noprompt", "-alias", "engine", "-keystore", str(self.trust), "-file",
                str(self.certificate))
        subprocess.run([java(), "-Djarmode=tools", "-jar", str(JAR), "extract", "--force",
                        "--destination", str(folder / "app")], check=True, stdout=subprocess.DEVNULL)
        self.process = Process([java(), "-Xmx1g", "-cp", f"{folder}/app/lib/*", str(ROOT / "bench/Engine.java"),
                                str(folder / "engine"), *self.keys, key], folder / "engine.log",
                               stdout=subprocess.PIPE, text=True)
        line = self.process.process.stdout.readline()
        if not line:
            sys.exit((folder / "engine.log").read_text())
        return {address.partition(":")[0]: address for address in line.split()}

    def environment(self):
        """The tools' environment: the store's keys and certificate, without the machine's own settings."""
        clean = {"PATH": PATH, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "AWS_REGION": "us-east-1",
                 "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": self.keys[0],
                 "AWS_SECRET_ACCESS_KEY": self.keys[1], "AWS_EC2_METADATA_DISABLED": "true"}
        return clean | ({"AWS_CA_BUNDLE": str(self.certificate)} if self.process else {})

    def client(self):
        import boto3
        return boto3.client("s3", endpoint_url=next(iter(self.endpoints.values())), region_name="us-east-1",
                            aws_access_key_id=self.keys[0], aws_secret_access_key=self.keys[1])

    def objects(self, prefix=""):
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return {o["Key"]: (o["Size"], o["ETag"].strip('"')) for page in pages for o in page.get("Contents", [])}

    def clear(self, prefix=""):
        keys = [{"Key": key} for key in self.objects(prefix)]
        for start in range(0, len(keys), 1000):
            self.client().delete_objects(Bucket=self.bucket, Delete={"Objects": keys[start:start + 1000]})

    def __enter__(self):
        self.client().create_bucket(Bucket=self.bucket)
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.close()  # its objects go with the folder
        else:
            self.clear()
            self.client().delete_bucket(Bucket=self.bucket)


class Database(Process):
    """An empty PostgreSQL on a free port; as root it runs under the user that Debian's package has made."""

    def __init__(self, folder):
        self.folder, port = Path(tempfile.mkdtemp(prefix="clipvault-bench-")), free_port()
        tools = max(Path(POSTGRESQL).glob("*/bin/initdb"), key=lambda tool: float(tool.parts[-3])).parent
        user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        if user:
            shutil.chown(self.folder, "postgres", "postgres")
        data = str(self.folder / "data")
        subprocess.run([*user, tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.port, self.log_file = port, folder / "postgresql.log"
        self.command = [*user, tools / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1",
                        "-c", "unix_socket_directories="]
        self.ready = [tools / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        self._start()

    def _start(self):
        super().__init__(self.command, self.log_file, cwd="/")
        deadline = time.monotonic() + 60
        while subprocess.run(self.ready).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.close()
                sys.exit(f"PostgreSQL does not start: see {self.log_file}")
            time.sleep(0.1)

    def url(self, port=None):
        return f"jdbc:postgresql://127.0.0.1:{port or self.port}/postgres?user=postgres"

    def restart(self, number):
        """What pg_ctl restart does: SIGINT is its mode fast, SIGQUIT its mode immediate."""
        self.process.send_signal(number)
        self.process.wait(60)
        self.log.close()
        self._start()

    def freeze(self, number):
        """Sends SIGSTOP or SIGCONT to the postmaster and to all of its processes."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        for pid in [self.pid, *map(int, children.read_text().split())]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass  # a connection that has just ended

    def close(self):
        super().close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Service(Process):
    """The packaged service on a free port, with the heap and the collector that Java chooses in a container of 512 MB."""

    def __init__(self, folder, store, endpoint, options, settings=(), jar=JAR, name="service", data=None):
        self.port = free_port()
        self.jobs = folder / "jobs"
        self.jobs.mkdir(exist_ok=True)
        trust = [f"-Djavax.net.ssl.trustStore={store.trust}", "-Djavax.net.ssl.trustStorePassword=bench-only"]
        environment = store.environment() | {"AWS_ENDPOINT_URL_S3": endpoint, "AWS_S3_BUCKET": store.bucket}
        super().__init__([java(), "-Xmx256m", "-XX:+UseSerialGC", *options, *(trust if store.process else []), "-jar",
                          str(jar), f"--server.port={self.port}",
                          f"--clipvault.data-directory={data or folder / ('data-' + uuid.uuid4().hex)}",
                          f"--clipvault.jobs.root={self.jobs}", *settings], folder / f"{name}.log", env=environment,
                         cwd=folder)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        deadline = time.monotonic() + 120
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.close()
                sys.exit(f"The service does not start: see {folder}/{name}.log")
            time.sleep(0.1)

    def _answers(self):
        try:
            return self.get("/actuator/health/liveness")["status"] == "UP"
        except OSError:
            self.connection.close()
            return False

    def get(self, path):
        self.connection.request("GET", path)
        return json.load(self.connection.getresponse())

    def upload(self, job, directory):
        """Posts a directory and polls four times a second until the job has ended; returns the seconds until the job's ended_at."""
        self.connection.close()  # the service has closed it if it was idle while other tools ran
        begin = time.time()
        self.connection.request("POST", f"/jobs/{job}/artifacts", json.dumps({"directory": directory}),
                                {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 202:
            sys.exit(f"The service refused the job: {body.decode()}")
        deadline = time.monotonic() + LIMIT
        while (state := self.get("/jobs?limit=1")[0])["status"] in ("queued", "uploading"):
            if time.monotonic() > deadline:
                sys.exit(f"The job does not end: {state}")
            time.sleep(0.25)
        if state["id"] != job or state["status"] != "completed":
            sys.exit(f"The job was not completed: {state}")
        return datetime.fromisoformat(state["ended_at"]).timestamp() - begin


def folder_for(arguments):
    """Creates an empty folder for all files of a run; the caller removes it."""
    if not JAR.exists():
        sys.exit("Build the jar first: ./mvnw package -DskipTests")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(arguments.folder or ROOT / "target").resolve() / f"bench-{uuid.uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    return folder
