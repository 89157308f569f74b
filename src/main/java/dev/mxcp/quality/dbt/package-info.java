/// What dbt needs of a project: its configuration files, the project's secrets as environment
/// variables, and its process. Must not know the engine: dbt opens the database itself.
@NullMarked
package dev.mxcp.quality.dbt;

import org.jspecify.annotations.NullMarked;
