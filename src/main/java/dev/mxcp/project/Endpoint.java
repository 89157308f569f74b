package dev.mxcp.project;

import dev.mxcp.types.Parameter;
import dev.mxcp.types.TypeDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One endpoint of a project as its file defines it (D1, D2): a tool, a resource or a prompt.
/// Immutable.
public sealed interface Endpoint permits Endpoint.Tool, Endpoint.Resource, Endpoint.Prompt {

    /// What every kind has.
    EndpointFile file();

    /// The kind of endpoint.
    EndpointKind kind();

    /// The name of a tool or prompt, the URI (template) of a resource: unique in the project (P4).
    String id();

    @Nullable String description();

    List<Parameter> parameters();

    /// The declared result; null when none is declared, always null for prompts.
    @Nullable TypeDef returns();

    /// What runs; null for prompts that have templates.
    @Nullable Code code();

    /// A tool. `toolAnnotations` holds exactly the hints that were written (D3).
    record Tool(
            EndpointFile file,
            String name,
            @Nullable String description,
            List<Parameter> parameters,
            @Nullable TypeDef returns,
            Code code,
            ToolAnnotations toolAnnotations)
            implements Endpoint {
        @Override
        public EndpointKind kind() {
            return EndpointKind.TOOL;
        }

        @Override
        public String id() {
            return name;
        }
    }

    /// A resource, static or a template.
    ///
    /// @param name display name and Python function; null when not written
    record Resource(
            EndpointFile file,
            UriTemplate uri,
            @Nullable String name,
            @Nullable String description,
            List<Parameter> parameters,
            @Nullable TypeDef returns,
            Code code,
            @Nullable String mimeType)
            implements Endpoint {
        @Override
        public EndpointKind kind() {
            return EndpointKind.RESOURCE;
        }

        @Override
        public String id() {
            return uri.text();
        }
    }

    /// A prompt: messages rendered from templates, or made by a Python function.
    ///
    /// @param messages none where a function makes them
    /// @param code the function; null where there are templates
    record Prompt(
            EndpointFile file,
            String name,
            @Nullable String description,
            List<Parameter> parameters,
            List<PromptMessage> messages,
            @Nullable Code code)
            implements Endpoint {

        /// Messages from templates.
        public Prompt(
                EndpointFile file,
                String name,
                @Nullable String description,
                List<Parameter> parameters,
                List<PromptMessage> messages) {
            this(file, name, description, parameters, messages, null);
        }

        @Override
        public EndpointKind kind() {
            return EndpointKind.PROMPT;
        }

        @Override
        public String id() {
            return name;
        }

        @Override
        public @Nullable TypeDef returns() {
            return null;
        }
    }

    /// One message of a prompt (D4).
    ///
    /// @param template Jinja source
    record PromptMessage(String template, @Nullable String role, @Nullable String type) {}

    /// The hints of a tool; null where the key is absent.
    record ToolAnnotations(
            @Nullable String title,
            @Nullable Boolean readOnlyHint,
            @Nullable Boolean destructiveHint,
            @Nullable Boolean idempotentHint,
            @Nullable Boolean openWorldHint) {
        /// No hint was written.
        public static final ToolAnnotations NONE =
                new ToolAnnotations(null, null, null, null, null);
    }
}
