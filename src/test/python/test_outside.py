"""R1.3, R3.12, R3.13, R5: the package in scripts and tests, without a server."""
import asyncio
import contextlib
import enum
import io
import subprocess
import sys
import typing
import unittest
import uuid
import weakref

from mxcp import runtime
from mxcp.plugins import MXCPBasePlugin, on_shutdown, udf
from mxcp.plugins import base
from mxcp.sdk.auth import UserContextModel
from mxcp.sdk.auth.context import get_user_context, reset_user_context, set_user_context
from mxcp.sdk.executor import ExecutionContext, get_execution_context
from mxcp.sdk.audit import add_execution_event, begin_execution_event, get_execution_events


class Runtime(unittest.TestCase):
    def test_services_say_that_there_is_no_context(self):
        for use in (
            lambda: runtime.db.execute("select 1"),
            lambda: runtime.db.connection,
            lambda: runtime.config.get_secret("x"),
            lambda: runtime.config.get_setting("x"),
            lambda: runtime.plugins.get("x"),
            lambda: runtime.plugins.list(),
            lambda: runtime.reload_duckdb(),
        ):
            with self.assertRaisesRegex(RuntimeError, "No execution context available"):
                use()
        self.assertIsNone(runtime.config.site_config)
        self.assertIsNone(runtime.config.user_config)

    def test_messages_go_nowhere(self):
        asyncio.run(runtime.mcp.info("hello", logger_name="x", more=1))
        asyncio.run(runtime.mcp.progress(current=1, total=2))

    def test_a_payload_must_be_callable(self):
        with self.assertRaisesRegex(ValueError, "payload_func must be callable"):
            runtime.reload_duckdb(payload_func=3)

    def test_hooks_stay_functions(self):
        ran = []
        try:
            @runtime.on_init
            def first():
                ran.append("first")

            @runtime.on_init
            async def second():
                ran.append("second")

            first()
            runtime.run_init_hooks()
        finally:
            runtime._init_hooks.clear()
        self.assertEqual(ran, ["first", "first", "second"])

    def test_other_parts_of_the_sdk_name_the_supported_way(self):
        with self.assertRaisesRegex(ImportError, "mxcp.runtime"):
            import mxcp.sdk.duckdb  # noqa: F401

    def test_importing_is_cheap_and_configures_nothing(self):
        code = (
            "import sys, mxcp.runtime, mxcp.plugins, mxcp.sdk.auth.context, mxcp.sdk.executor, logging;"
            "print([m for m in ('asyncio', 'pandas', 'duckdb', 'inspect') if m in sys.modules], logging.root.handlers)"
        )
        done = subprocess.run(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
            capture_output=True, text=True, check=True,
        )
        self.assertEqual(done.stdout.strip(), "[] []")


class Users(unittest.TestCase):
    def test_a_user_that_code_sets(self):
        self.assertIsNone(get_user_context())
        user = UserContextModel("github", "7", "ida", email="ida@example.org")
        token = set_user_context(user)
        self.assertIs(get_user_context(), user)
        reset_user_context(token)
        self.assertIsNone(get_user_context())

    def test_a_user_cannot_be_changed(self):
        user = UserContextModel("github", "7", "ida")
        with self.assertRaises(AttributeError):
            user.username = "otto"
        with self.assertRaises(AttributeError):
            user.shoe_size
        self.assertEqual(user.model_dump()["capabilities"], [])

    def test_execution_contexts(self):
        self.assertIsNone(get_execution_context())
        context = ExecutionContext(UserContextModel("github", "7", "ida"), {"transport": "cli"})
        context.set("own", 1)
        self.assertEqual((context.get("own"), context.get("no"), context.username), (1, None, "ida"))
        copy = context.copy(transport="stdio")
        self.assertEqual((copy.get("transport"), context.get("transport")), ("stdio", "cli"))

    def test_events_outside_of_a_call_are_returned(self):
        event = add_execution_event(span=begin_execution_event(), kind="http", target="x")
        self.assertEqual((event.kind, event.status, event.target), ("http", "success", "x"))
        self.assertIsNone(get_execution_events())


class Till(MXCPBasePlugin):
    """A plugin."""

    @udf
    def price(self, amount: float, currency: typing.Optional[str]) -> str:
        return f"{amount} {currency}"

    @udf
    def tags(self, of: dict) -> list[str]:
        return list(of)

    def plain(self):
        return "plain"


class Colour(enum.Enum):
    RED = "red"


class Plugins(unittest.TestCase):
    def tearDown(self):
        base.clear_plugin_registry()

    def test_marked_methods_stay_methods(self):
        self.assertEqual(Till({}).price(2.0, "kr"), "2.0 kr")
        self.assertTrue(Till.price._is_udf)
        self.assertEqual(Till.find_plugins(sys.modules[__name__]), [Till])

    def test_marked_methods_are_functions(self):
        functions = [(f["name"], f["args"], f["return_type"]) for f in Till({}).udfs()]
        self.assertEqual(
            functions, [("price", ["DOUBLE", "VARCHAR"], "VARCHAR"), ("tags", ["JSON"], "VARCHAR[]")]
        )

    def test_types(self):
        import datetime
        import decimal

        for annotation, expected in (
            (int, "INTEGER"), (decimal.Decimal, "DECIMAL(18,3)"), (datetime.datetime, "TIMESTAMP"),
            (list[list[int]], "INTEGER[][]"), (dict[str, float], "MAP(VARCHAR, DOUBLE)"),
            (int | None, "INTEGER"), (typing.Annotated[int, "x"], "INTEGER"), (typing.Any, "JSON"),
            (list, "JSON"), (typing.List, "JSON"), (list[dict], "JSON[]"), (typing.NewType("Id", int), "INTEGER"),
            (Colour, "VARCHAR"), (typing.Annotated[int, {}], "INTEGER"), (uuid.UUID, "UUID"),
            (dict[int, list[UserShape]], 'MAP(INTEGER, STRUCT("a" INTEGER, "b" VARCHAR[])[])'),
            (UserShape, 'STRUCT("a" INTEGER, "b" VARCHAR[])'),
        ):
            self.assertEqual(MXCPBasePlugin._get_duckdb_type(annotation), expected)
        for annotation in (int | str, tuple[int, int], set[int], complex, bytearray, typing.Literal["a"]):
            with self.subTest(annotation=annotation), self.assertRaises(ValueError):
                MXCPBasePlugin._get_duckdb_type(annotation)

    def test_the_registry_keeps_nothing_alive(self):
        plugin = Till({})
        self.assertEqual(base.get_active_plugins(), [plugin])
        gone = weakref.ref(plugin)
        del plugin
        self.assertIsNone(gone())
        self.assertEqual(base.get_active_plugins(), [])

    def test_shutdown_functions_run_last_first(self):
        ran = []
        on_shutdown(lambda: ran.append(1))
        on_shutdown(lambda: ran.append(2))
        base.run_plugin_shutdown_hooks()
        self.assertEqual(ran, [2, 1])

    def test_without_a_user_nobody_is_authenticated(self):
        plugin = Till({})
        self.assertFalse(plugin.is_authenticated())
        self.assertIsNone(plugin.get_username())
        token = set_user_context(UserContextModel("github", "7", "ida", external_token="t"))
        self.assertEqual((plugin.get_username(), plugin.get_user_token()), ("ida", "t"))
        reset_user_context(token)


class UserShape(typing.TypedDict):
    a: int
    b: list[str]


class Streams(unittest.TestCase):
    def test_lines_are_written_whole(self):
        import os

        from mxcp._worker.streams import LineStream

        reading, writing = os.pipe()
        stream = LineStream(writing)
        with contextlib.redirect_stdout(stream):
            print("a", "b", end="")
            print("c\nd")
            print("rest", end="")
        stream.end_line()
        os.close(writing)
        with io.open(reading, encoding="utf-8") as pipe:
            self.assertEqual(pipe.read(), "a bc\nd\nrest\n")
