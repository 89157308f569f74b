/// Runs the tests that endpoint files carry (cli Q3): calls, compares, reports, accepts new
/// expectations. Knows neither commands nor terminals.
@NullMarked
package dev.mxcp.quality.testing;

import org.jspecify.annotations.NullMarked;
