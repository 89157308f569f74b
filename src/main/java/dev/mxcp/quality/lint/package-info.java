/// Advice on the metadata of endpoints (cli Q4): what a person misses in a file, and what a model
/// misses in what it is told. Opens neither database nor Python.
@NullMarked
package dev.mxcp.quality.lint;

import org.jspecify.annotations.NullMarked;
