/// Looks at everything around a project that keeps people from working: machine, configuration,
/// database file, Python, secrets, ports, permissions. Changes nothing.
@NullMarked
package dev.mxcp.quality.doctor;

import org.jspecify.annotations.NullMarked;
