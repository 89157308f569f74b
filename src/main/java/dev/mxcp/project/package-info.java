/// A project folder read once into immutable records that remember file, line and column of every
/// value. Must not know how an endpoint runs or who calls it.
@NullMarked
package dev.mxcp.project;

import org.jspecify.annotations.NullMarked;
