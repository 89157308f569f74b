/// YAML files as trees of values that remember where they stand, and a lenient, strict-about-names
/// way to read them. Must not know what any file means.
@NullMarked
package dev.mxcp.project.yaml;

import org.jspecify.annotations.NullMarked;
