"""What the benches share: an exchange made for measuring, a server over it, and nginx beside it."""
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import time
import urllib.request

MEDIA_TYPE = "application/taxii+json;version=2.1"
SETTINGS = {"requests_per_minute_max": "100000000", "connections_max": "20000"}
NGINX_CONF = """
daemon off;
worker_processes {cores};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=100; default_type "application/taxii+json;version=2.1";
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
  server {{ listen 127.0.0.1:{http}; listen 127.0.0.1:{https} ssl; root {folder}/www; }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.001)
    raise SystemExit(f"nothing listens at port {port}")


def resident_kb(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(next(line.split()[1] for line in status if line.startswith("VmRSS")))


def cpu_seconds(pid):
    """Of a process and its living children: what a server costs, whoever else is busy."""
    total = 0.0
    for path in [f"/proc/{pid}/stat"] + [f"/proc/{child}/stat" for child in children(pid)]:
        with open(path) as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as listed:
        return listed.read().split()


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"],
                   check=True, stderr=subprocess.DEVNULL)


class Exchange:
    """A data directory with one contributor, "Bench", and collections and readers as asked for."""

    def __init__(self, build, data, settings=None):
        self.build, self.data, self.process = build, data, None
        self.steward = self.run("init", "--data", data, "--name", "Bench", "--json")
        with open(f"{data}/tocsin.conf", "a") as conf:
            for name, value in {**SETTINGS, **(settings or {})}.items():
                conf.write(f"{name} = {value}\n")

    def run(self, *args, stdin=None):
        out = subprocess.run([f"{self.build}/tocsin", *args], input=stdin, check=True,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout
        return json.loads(out) if "--json" in args else out

    def collection(self, title, **grants):
        made = self.run("collection", "--data", self.data, "add", "--title", title, "--alias",
                        title.lower(), "--json")["id"]
        self.run("grant", "--data", self.data, "--collection", made, "--to", "all", "--read",
                 "--write")
        return made

    def member(self, name, ceiling="red"):
        """An organization and a token of it."""
        org = self.run("org", "--data", self.data, "add", "--name", name, "--sector", "vendor",
                       "--ceiling", ceiling, "--json")["id"]
        token = self.run("token", "--data", self.data, "add", "--org", org, "--name", "bench",
                         "--json")
        return org, token["secret"]

    def load(self, collection, count, *options):
        """Generates objects and imports them; gives the seconds of the import."""
        path = f"{self.data}.jsonl"
        with open(path, "wb") as to:
            subprocess.run([f"{self.build}/bench/import/bench_gen", str(count), *options],
                           stdout=to, check=True)
        began = time.monotonic()
        self.run("import", "--data", self.data, "--collection", collection, "--as", "Bench", path)
        seconds = time.monotonic() - began
        os.remove(path)
        return seconds

    def serve(self, *options, log=os.devnull):
        """Starts the server; gives the seconds until it listens."""
        self.port = free_port()
        with open(log, "ab") as to:
            began = time.monotonic()
            self.process = subprocess.Popen(
                [f"{self.build}/tocsin", "serve", "--data", self.data, "--listen",
                 f"127.0.0.1:{self.port}", *options], stdout=subprocess.DEVNULL, stderr=to)
        wait_for(self.port)
        return time.monotonic() - began

    def settle(self):
        """Waits until the server has done what follows an import: the words are indexed."""
        before, now = -1.0, cpu_seconds(self.process.pid)
        while now - before > 0.05:
            time.sleep(1)
            before, now = now, cpu_seconds(self.process.pid)

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
        self.process = None

    def url(self, path, scheme="http"):
        return f"{scheme}://127.0.0.1:{self.port}/exchange/collections/{path}"

    def get(self, path, authorization):
        request = urllib.request.Request(self.url(path), headers={
            "Authorization": authorization, "Accept": MEDIA_TYPE})
        with urllib.request.urlopen(request) as answer:
            return answer.read(), answer.headers


class Nginx:
    """nginx serving files from `folder`/www, plain and TLS."""

    def __init__(self, program, folder):
        self.folder = folder
        self.ports = {"http": free_port(), "https": free_port()}
        os.makedirs(f"{folder}/www", exist_ok=True)
        os.chmod(folder, 0o755)
        with open(f"{folder}/nginx.conf", "w") as conf:
            conf.write(NGINX_CONF.format(cores=os.cpu_count(), folder=folder, **self.ports))
        self.process = subprocess.Popen([program, "-p", folder, "-c", f"{folder}/nginx.conf"],
                                        stderr=subprocess.DEVNULL)
        wait_for(self.ports["http"])

    def put(self, name, content):
        with open(f"{self.folder}/www/{name}", "wb") as page:
            page.write(content)

    def url(self, name, scheme="http"):
        return f"{scheme}://127.0.0.1:{self.ports[scheme]}/{name}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def median(values):
    return statistics.median(values)


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
