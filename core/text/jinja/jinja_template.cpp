#include "core/text/jinja/jinja_template.h"

#include "core/base/utf8.h"

namespace assay::jinja {

namespace {

/// The largest real one has some 20 KB.
constexpr std::size_t largestSource = 1u << 20;

} // namespace

Result<JinjaTemplate> JinjaTemplate::parse(std::string_view source, const std::string& name) {
    const auto wrong = [&](const std::string& reason, int line, int column) {
        return fail("text.template_syntax",
            {{"path", name}, {"line", std::to_string(line)}, {"column", std::to_string(column)},
                {"reason", reason}},
            name + ":" + std::to_string(line));
    };
    if (source.size() > largestSource)
        return wrong("it has more than 1 MB", 1, 1);
    JinjaTemplate result;
    result.m_source = source;
    result.m_name = name;
    try {
        result.m_block = std::make_shared<const Block>(jinja::parse(toValidUtf8(source)));
    } catch (const Failure& failure) {
        return wrong(failure.reason, failure.line, failure.column);
    }
    return result;
}

Result<Rendering> JinjaTemplate::render(const Dict& variables) const {
    try {
        Interpreter interpreter(variables);
        interpreter.run(*m_block);
        return Rendering{interpreter.output(), interpreter.generations()};
    } catch (const Failure& failure) {
        if (failure.raised)
            return fail(
                "text.template_refused", {{"template", m_name}, {"reason", failure.reason}});
        return fail("text.template_render",
            {{"template", m_name}, {"line", std::to_string(failure.line)},
                {"column", std::to_string(failure.column)}, {"reason", failure.reason}},
            m_name + ":" + std::to_string(failure.line));
    } catch (const std::bad_alloc&) {
        return fail("text.template_render",
            {{"template", m_name}, {"line", "1"}, {"column", "1"}, {"reason", "memory ran out"}});
    }
}

} // namespace assay::jinja
