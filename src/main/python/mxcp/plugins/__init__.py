"""What a plugin is made of."""
from mxcp.plugins.base import MXCPBasePlugin, on_shutdown, udf

__all__ = ["MXCPBasePlugin", "on_shutdown", "udf"]
