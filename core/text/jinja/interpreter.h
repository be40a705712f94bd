#pragma once

#include "core/text/jinja/syntax.h"

#include <map>

namespace assay::jinja {

/// Steps and calls after which a template is ended: real ones need some ten thousand.
constexpr std::int64_t mostSteps = 3'000'000;
constexpr int deepestCall = 60;
/// Blocks and expressions inside each other while running: what the thread's stack surely holds.
constexpr int deepestRun = 700;

/// The names that a stretch of a template sees: its own, then those around it.
class Scope {
public:
    explicit Scope(std::shared_ptr<Scope> around = nullptr)
        : m_around(std::move(around)) { }
    const Value* find(const std::string& name) const {
        const auto found = m_names.find(name);
        if (found != m_names.end())
            return &found->second;
        return m_around ? m_around->find(name) : nullptr;
    }
    void set(const std::string& name, Value value) { m_names[name] = std::move(value); }
    void clear() { m_names.clear(); }

private:
    std::map<std::string, Value> m_names;
    std::shared_ptr<Scope> m_around;
};

/// A stretch of the output that stands in a generation block.
struct GenerationRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Runs a parsed template once.
class Interpreter {
public:
    /// The globals (range, namespace, raise_exception, ..) and what the caller gives.
    explicit Interpreter(const Dict& variables);
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;

    void run(const Block& block);
    const Text& output() const { return m_outputs.front(); }
    const std::vector<GenerationRange>& generations() const { return m_generations; }

    /// Counts work; ends the run when it is too much.
    void step(std::int64_t count = 1) {
        m_steps += count;
        if (m_steps > mostSteps)
            failRender("the template does not come to an end");
    }
    Value call(const Value& callee, Arguments& arguments);
    Value filter(const std::string& name, const Value& value, Arguments& arguments);
    bool test(const std::string& name, const Value& value, const Arguments& arguments);
    Value attribute(const Value& target, const std::string& name);
    Value item(const Value& target, const Value& key);

private:
    /// Counts how deep the run is; ends it before the stack does.
    class Level {
    public:
        explicit Level(Interpreter& interpreter)
            : m_interpreter(interpreter) {
            if (++interpreter.m_depth > deepestRun) {
                --interpreter.m_depth;
                failRender("this is nested too deeply");
            }
        }
        ~Level() { --m_interpreter.m_depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        Interpreter& m_interpreter;
    };
    enum class Flow { Next, Break, Continue };
    using ScopePtr = std::shared_ptr<Scope>;

    Value evaluate(const Expression& expression, Scope& scope);
    Value evaluateInner(const Expression& expression, Scope& scope);
    Value binary(const Expression& expression, Scope& scope);
    Value compare(const Expression& expression, Scope& scope);
    Value slice(const Expression& expression, Scope& scope);
    Arguments arguments(const Expression& expression, Scope& scope);

    Flow run(const Block& block, const ScopePtr& scope);
    Flow run(const Statement& statement, const ScopePtr& scope);
    Flow runFor(const Statement& statement, const ScopePtr& scope);
    void runSet(const Statement& statement, Scope& scope);
    void assign(const std::vector<std::string>& names, const Value& value, Scope& scope);
    Value function(const Statement& statement, const ScopePtr& scope);
    /// The output of a block as a value.
    Text captured(const Block& block, const ScopePtr& scope);
    void write(const Text& text);
    void finishAt(const Failure& failure, int line, int column);

    ScopePtr m_globals;
    std::vector<ScopePtr> m_scopes; ///< emptied at the end: functions and scopes hold each other
    std::vector<Text> m_outputs;
    std::vector<GenerationRange> m_generations;
    std::int64_t m_steps = 0;
    int m_calls = 0;
    int m_depth = 0;
};

/// A method of a text, list or mapping; undefined where there is none of that name.
Value methodOf(const Value& target, const std::string& name);
Dict globalFunctions();

/// The argument by position or name; null where it is not given.
const Value* argument(const Arguments& arguments, std::size_t position, const char* name);

} // namespace assay::jinja
