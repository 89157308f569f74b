package dev.mxcp.engine.python;

import java.util.Map;

/// A plugin that workers make at their start (R5.1).
///
/// @param name the instance
/// @param module dotted import path of the module with class `MXCPPlugin`
/// @param config what its constructor gets
public record PluginInstance(String name, String module, Map<String, String> config) {
    @Override
    public String toString() {
        return "PluginInstance[name=" + name + ", module=" + module + ", config=***]";
    }
}
