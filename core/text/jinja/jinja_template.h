#pragma once

#include "core/base/result.h"
#include "core/text/jinja/interpreter.h"

namespace assay::jinja {

/// What a template wrote, who wrote which part of it, and what stands in generation blocks.
struct Rendering {
    Text text;
    std::vector<GenerationRange> generations;
};

/// A parsed template in the Jinja of transformers: sandboxed, trim_blocks and lstrip_blocks on,
/// loop controls, tojson without ASCII escapes. Immutable, safe to share between threads.
class JinjaTemplate {
public:
    /// `name` stands in errors, which give line and column.
    static Result<JinjaTemplate> parse(std::string_view source, const std::string& name);
    Result<Rendering> render(const Dict& variables) const;
    const std::string& source() const { return m_source; }

private:
    std::string m_source;
    std::string m_name;
    std::shared_ptr<const Block> m_block;
};

} // namespace assay::jinja
