/// What a running project tells the outside about its calls: traces, metrics and logs by
/// OpenTelemetry (T1-T6). Off unless the user switched it on; then nothing of it is even loaded.
/// Must not know what a call does.
@NullMarked
package dev.mxcp.telemetry;

import org.jspecify.annotations.NullMarked;
