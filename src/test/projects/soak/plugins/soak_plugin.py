from mxcp.plugins import MXCPBasePlugin, udf
from mxcp.runtime import db


class MXCPPlugin(MXCPBasePlugin):
    @udf
    def twice(self, n: int) -> int:
        return 2 * n

    @udf
    def stocked(self, n: int) -> int:
        return n * db.execute("SELECT pieces FROM shelf")[0]["pieces"]
