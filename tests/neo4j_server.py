"""A genuine Neo4j server for tests: from Maven's jars on a free port, or the one `NEO4J_URI` names.

Whoever writes a test takes a fixture of `tests/conftest.py`:

- `neo4j_server` (whole session): an `Account`, which says how to reach the server;
- `empty_neo4j` (one test): the same, with nothing of paperkg's in the database;
- `private_neo4j` (one test): a `LocalServer` of the test's own, to be stopped and started.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTIFACTS = Path(__file__).with_name("neo4j_server.xml")
STRANGER = "PaperkgTestStranger"
"""The label of nodes that tests write as if they were another program's."""

_INITIAL_PASSWORD = "neo4j"  # what a new server has; it takes no statement before it is changed
_START_SECONDS = 90
_STOP_SECONDS = 60
_OPEN_PACKAGES = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.memory.heap.max_size=1g
server.memory.pagecache.size=256m
db.tx_log.rotation.retention_policy=keep_none
db.tx_log.preallocate=false
db.shutdown_transaction_end_timeout=1s
internal.server.bolt.thread_pool_shutdown_wait_time=1s
dbms.usage_report.enabled=false
"""


class ServerMissingError(Exception):
    """There is no server and no way to start one; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Account:
    """How a server is reached.

    Attributes:
        uri: with scheme and port.
        username: one who may write and change the schema.
        password: not shown where the object is printed.
        database: None for the server's default.
        is_ours: whether tests may remove all that the database holds.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str | None = None
    is_ours: bool = False

    @property
    def auth(self) -> tuple[str, str]:
        """What the driver takes."""
        return self.username, self.password

    @property
    def environment(self) -> dict[str, str]:
        """What the command line takes its credentials from."""
        return {"NEO4J_USERNAME": self.username, "NEO4J_PASSWORD": self.password}


def named_account() -> Account | None:
    """The server that the environment names, if it names one."""
    uri = os.environ.get("NEO4J_URI")
    if not uri:
        return None
    return Account(
        uri,
        os.environ.get("NEO4J_USERNAME", "neo4j"),
        os.environ.get("NEO4J_PASSWORD", ""),
        os.environ.get("NEO4J_DATABASE"),
    )


def remove_all(account: Account) -> None:
    """Empty a server of ours, indexes and all; of another's remove the nodes of ours."""
    remove_nodes(account)
    if account.is_ours:
        with neo4j.GraphDatabase.driver(account.uri, auth=account.auth) as driver:
            _drop_schema(driver, account.database)


def remove_nodes(account: Account) -> None:
    """Remove all nodes of a server of ours; of another's those that paperkg and its tests wrote."""
    which = "(n)" if account.is_ours else f"(n:Paperkg|{STRANGER})"
    with neo4j.GraphDatabase.driver(account.uri, auth=account.auth) as driver:
        driver.execute_query(f"MATCH {which} DETACH DELETE n", database_=account.database)


def _drop_schema(driver: neo4j.Driver, database: str | None) -> None:
    constraints, _, _ = driver.execute_query("SHOW CONSTRAINTS YIELD name", database_=database)
    for (name,) in constraints:
        driver.execute_query(f"DROP CONSTRAINT `{name}`", database_=database)
    indexes, _, _ = driver.execute_query(
        "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'", database_=database
    )
    for name, _ in indexes:
        driver.execute_query(f"DROP INDEX `{name}`", database_=database)


class LocalServer:
    """A server of our own, with a home of its own.

    It dies with the process that made it, also if that is killed; then its home goes as well.

    Attributes:
        home: its folder.
        account: how it is reached, once it was started.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._jars = _fetch_jars()
        port = _free_port()
        self.account = Account(
            f"bolt://127.0.0.1:{port}", "neo4j", secrets.token_hex(8), is_ours=True
        )
        (home / "conf").mkdir(parents=True)
        (home / "conf" / "neo4j.conf").write_text(_CONFIGURATION.format(port=port))
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None
        self._has_password = False

    def start(self) -> None:
        """Start it and wait until it answers."""
        opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPEN_PACKAGES]
        folders = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        entry = "org.neo4j.server.CommunityEntryPoint"
        with (self.home / "output.txt").open("ab") as output:
            self._process = subprocess.Popen(
                ["java", "-Xms256m", "-Xmx1g", *opens, "-cp", self._class_path, entry, *folders],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for pytest, which then stops the server
            )
        # Its standard input ends when this process does, in whatever way.
        ending = 'read _; kill -9 "$1"; sleep 1; rm -rf "$2"'
        self._watch = subprocess.Popen(
            ["sh", "-c", ending, "watch", str(self._process.pid), str(self.home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_until_it_answers()

    def configure(self, setting: str) -> None:
        """Add a line to neo4j.conf, which counts from the next start."""
        with (self.home / "conf" / "neo4j.conf").open("a") as file:
            file.write(f"{setting}\n")

    def stop(self) -> None:
        """Stop it in good order and wait for its end; the data stay."""
        self._end("terminate")

    def kill(self) -> None:
        """Stop it as a power failure would; the data stay as they are."""
        self._end("kill")

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `neo4j-admin` with the server's home; for most of what it does, `stop` first."""
        return subprocess.run(
            [self.admin_program(), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def admin_program(self) -> Path:
        """A program that does what `neo4j-admin` of an installed server does."""
        program = self.home / "neo4j-admin"
        entry = "org.neo4j.server.startup.Neo4jAdminCommand"
        program.write_text(
            f"#!/bin/sh\nexport NEO4J_HOME='{self.home}' NEO4J_CONF='{self.home / 'conf'}'\n"
            f"exec java -Xmx2g -cp '{self._class_path}' {entry} \"$@\"\n"
        )
        program.chmod(0o700)
        return program

    @property
    def _class_path(self) -> str:
        return str(self._jars / "*")

    def _end(self, how: str) -> None:
        watch, process, self._watch, self._process = self._watch, self._process, None, None
        if watch is not None and watch.stdin is not None:
            watch.kill()
            watch.stdin.close()
            watch.wait()
        if process is not None:
            getattr(process, how)()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self._greet()
            except (DriverError, Neo4jError, OSError) as exc:
                dead = self._process is None or self._process.poll() is not None
                if dead or time.monotonic() > deadline:
                    log = (self.home / "output.txt").read_text(errors="replace")[-2_000:]
                    self.kill()
                    raise RuntimeError(f"Neo4j did not start: {exc}\n{log}") from exc
                time.sleep(0.2)
            else:
                return

    def _greet(self) -> None:
        """One statement; a new server gets its password first."""
        address, own = self.account.uri, self.account.auth
        if not self._has_password:
            initial = ("neo4j", _INITIAL_PASSWORD)
            with neo4j.GraphDatabase.driver(address, auth=initial) as driver:
                driver.verify_connectivity()  # does not wait and try again, as statements do
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM $initial TO $own",
                    {"initial": _INITIAL_PASSWORD, "own": own[1]},
                    database_="system",
                )
            self._has_password = True
        with neo4j.GraphDatabase.driver(address, auth=own) as driver:
            driver.verify_connectivity()


@contextlib.contextmanager
def local_server() -> Iterator[LocalServer]:
    """A server that runs, and is gone without a trace at the end.

    Raises:
        ServerMissingError: Java or Maven is missing, or the jars cannot be fetched.
    """
    home = Path(tempfile.mkdtemp(prefix="paperkg-neo4j-"))
    try:
        server = LocalServer(home)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _fetch_jars() -> Path:
    """The folder of the server's jars, fetched by Maven where they are not there yet."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    if missing:
        raise ServerMissingError(
            f"No Neo4j server: {' and '.join(missing)} not found. Install Java 17 and Maven"
            " (Debian: openjdk-17-jre-headless, maven), or let NEO4J_URI, NEO4J_USERNAME and"
            " NEO4J_PASSWORD name a server."
        )
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "paperkg-tests"
    jars = cache / f"neo4j-{hashlib.sha256(ARTIFACTS.read_bytes()).hexdigest()[:12]}"
    cache.mkdir(parents=True, exist_ok=True)
    if not jars.is_dir():
        _run_maven(jars)
    return jars


def _run_maven(jars: Path) -> None:
    fetched = Path(tempfile.mkdtemp(dir=jars.parent))
    goal = "dependency:copy-dependencies"
    done = subprocess.run(
        ["mvn", "-q", "-B", "-f", str(ARTIFACTS), goal, f"-DoutputDirectory={fetched}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(fetched)
        raise ServerMissingError(
            f"No Neo4j server: Maven could not fetch its jars. {done.stdout[-1_000:]}"
        )
    try:
        fetched.rename(jars)
    except OSError:  # another run of the tests was faster
        shutil.rmtree(fetched)
        if not jars.is_dir():
            raise


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
