package dev.mxcp.engine.python;

import dev.mxcp.engine.call.CallContext;
import dev.mxcp.engine.python.ReplyColumn.Form;
import dev.mxcp.problem.MxcpException.CallCancelled;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A real DuckDB for the tests of this room, through JDBC. Knows parameters by position only.
final class JdbcDatabase implements DatabaseRequests, AutoCloseable {
    private final Connection home;
    private final AtomicInteger open = new AtomicInteger();
    private final List<CallContext> contexts = new ArrayList<>();

    JdbcDatabase() throws SQLException {
        home = DriverManager.getConnection("jdbc:duckdb:");
    }

    /// Sessions that nobody closed yet.
    int open() {
        return open.get();
    }

    List<CallContext> contexts() {
        synchronized (contexts) {
            return List.copyOf(contexts);
        }
    }

    @Override
    public CallDatabase open(CallContext call) {
        synchronized (contexts) {
            contexts.add(call);
        }
        return new Call(call);
    }

    @Override
    public void close() throws SQLException {
        home.close();
    }

    private final class Call implements CallDatabase {
        private final CallContext context;
        private @Nullable Session pinned;

        Call(CallContext context) {
            this.context = context;
        }

        @Override
        public void execute(String sql, @Nullable Object params, ReplyWriter reply) {
            if (pinned != null) {
                pinned.execute(context, sql, params, reply);
                return;
            }
            try (var session = new Session()) {
                session.execute(context, sql, params, reply);
            }
        }

        @Override
        public DatabaseSession connect(boolean another) {
            var session = new Session();
            if (!another) {
                pinned = session;
            }
            return session;
        }

        @Override
        public void close() {}
    }

    private final class Session implements DatabaseSession {
        private final Connection connection;

        Session() {
            try {
                synchronized (home) {
                    connection = ((DuckDBConnection) home).duplicate();
                }
                open.incrementAndGet();
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void execute(
                CallContext call, String sql, @Nullable Object params, ReplyWriter reply) {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    var _ = call.cancellation().onCancel(() -> cancel(statement))) {
                bind(statement, params);
                if (statement.execute()) {
                    try (ResultSet rows = statement.getResultSet()) {
                        write(rows, reply);
                    }
                }
            } catch (SQLException failure) {
                String reason = call.cancellation().reason();
                if (reason != null) {
                    throw new CallCancelled(reason);
                }
                throw new DatabaseFailure(
                        "Invalid Input", String.valueOf(failure.getMessage()), failure);
            }
        }

        @Override
        public OpenedRows open(
                CallContext call,
                String sql,
                @Nullable Object params,
                boolean readOnly,
                ReplyWriter reply) {
            execute(call, sql, params, reply);
            return new OpenedRows(0, false, false);
        }

        @Override
        public OpenedRows fetch(CallContext call, int result, long rows, ReplyWriter reply) {
            throw new UnsupportedOperationException("all rows came with the statement");
        }

        @Override
        public ArrowRows arrow(CallContext call, int result, ArrowWish wish) {
            throw new UnsupportedOperationException("JDBC has no Arrow");
        }

        @Override
        public void release(List<Long> results) {}

        @Override
        public boolean bind(CallContext call, String sql, ReplyWriter reply) {
            execute(call, "SELECT * FROM (" + sql + ") LIMIT 0", null, reply);
            return true;
        }

        @Override
        public List<String> tableNames(CallContext call, String sql, boolean qualified) {
            return List.of();
        }

        @Override
        public List<String> split(String sql) {
            return List.of(sql);
        }

        @Override
        public void interrupt() {}

        private static void cancel(Statement statement) {
            try {
                statement.cancel();
            } catch (SQLException ignored) {
                // it has ended
            }
        }

        private static void bind(PreparedStatement statement, @Nullable Object params)
                throws SQLException {
            Iterable<?> values =
                    switch (params) {
                        case null -> List.of();
                        case List<?> list -> list;
                        case Map<?, ?> map -> map.values();
                        default -> throw new IllegalArgumentException();
                    };
            int index = 1;
            for (Object value : values) {
                statement.setObject(index++, value);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
                open.decrementAndGet();
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    private static void write(ResultSet rows, ReplyWriter reply) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        var columns = new ArrayList<ReplyColumn>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(column(meta, i));
        }
        var all = new ArrayList<List<@Nullable Object>>();
        while (rows.next()) {
            var row = new ArrayList<@Nullable Object>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(rows.getObject(i));
            }
            all.add(row);
        }
        reply.columns(columns);
        for (int from = 0; from < all.size(); from += 2048) {
            List<List<@Nullable Object>> chunk =
                    all.subList(from, Math.min(all.size(), from + 2048));
            reply.chunk(chunk.size());
            for (int i = 0; i < columns.size(); i++) {
                reply.column();
                for (List<@Nullable Object> row : chunk) {
                    write(row.get(i), reply);
                }
            }
        }
    }

    private static ReplyColumn column(ResultSetMetaData meta, int index) throws SQLException {
        String name = meta.getColumnLabel(index);
        String type = meta.getColumnTypeName(index);
        if (type.startsWith("DECIMAL")) {
            return ReplyColumn.decimal(name, type, meta.getScale(index));
        }
        Form form =
                switch (type) {
                    case "DATE" -> Form.DATE;
                    case "TIMESTAMP" -> Form.TIMESTAMP;
                    case "UUID" -> Form.ANY;
                    default -> Form.PLAIN;
                };
        return ReplyColumn.of(name, type, form);
    }

    private static void write(@Nullable Object value, ReplyWriter reply) {
        switch (value) {
            case null -> reply.nullValue();
            case BigDecimal digits -> reply.decimal(digits.unscaledValue(), digits.scale());
            case LocalDate date -> reply.date((int) date.toEpochDay());
            case java.sql.Timestamp time -> {
                var local = time.toLocalDateTime().toInstant(ZoneOffset.UTC);
                reply.timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, local));
            }
            default -> reply.any(value);
        }
    }
}
