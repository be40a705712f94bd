#include "core/data/tool_json.h"
#include "core/quality/checks.h"

#include <algorithm>
#include <set>

namespace assay {

namespace {

bool isBlank(const std::string& text) {
    return trimmed(text).empty();
}

bool saysNothing(const Message& message) {
    return isBlank(message.content) && message.toolCalls.empty();
}

/// System or developer first, then user and assistant in turn; tool results only directly after a
/// call or another result; an assistant after them.
bool rolesInOrder(const std::vector<Message>& messages, bool endsWithAnswer) {
    enum class After { Start, User, Answer, Call, Result } state = After::Start;
    for (const Message& message : messages) {
        switch (message.role) {
        case Role::System:
        case Role::Developer:
            if (state != After::Start)
                return false;
            break;
        case Role::User:
            if (state != After::Start && state != After::Answer)
                return false;
            state = After::User;
            break;
        case Role::Assistant:
            if (state != After::User && state != After::Result)
                return false;
            state = message.toolCalls.empty() ? After::Answer : After::Call;
            break;
        case Role::Tool:
            if (state != After::Call && state != After::Result)
                return false;
            state = After::Result;
            break;
        }
    }
    return endsWithAnswer ? state == After::Answer || state == After::Call
                          : state == After::User || state == After::Result;
}

struct ToolProblems {
    bool result = false;
    bool id = false;
    bool arguments = false;
};

ToolProblems toolProblems(const std::vector<Message>& messages) {
    ToolProblems problems;
    std::set<std::string> known;
    bool called = false;
    for (const Message& message : messages) {
        for (const ToolCall& call : message.toolCalls) {
            called = true;
            known.insert(call.id);
            problems.arguments = problems.arguments || jsonTextProblem(call.arguments).has_value();
        }
        if (message.role != Role::Tool)
            continue;
        problems.result = problems.result || !called;
        problems.id
            = problems.id || message.toolCallId.empty() || !known.contains(message.toolCallId);
    }
    return problems;
}

std::string textOf(const std::vector<Message>& messages) {
    std::string text;
    for (const Message& message : messages) {
        text += normalisedForComparison(message.content) + '\n';
        for (const ToolCall& call : message.toolCalls)
            text += call.name + '(' + call.arguments + ")\n";
    }
    return text;
}

} // namespace

std::vector<const CheckInfo*> checkStructure(const Sample& sample) {
    std::vector<const CheckInfo*> found;
    const auto add = [&](bool wrong, const char* name) {
        if (wrong)
            found.push_back(findCheck(name));
    };
    if (sample.text) {
        add(isBlank(*sample.text), "answer-empty");
        return found;
    }
    const bool pair = sample.chosen || sample.rejected;
    std::vector<Message> all = sample.messages;
    if (sample.chosen)
        all.insert(all.end(), sample.chosen->begin(), sample.chosen->end());
    const auto isUser = [](const Message& m) { return m.role == Role::User; };
    const auto isAssistant = [](const Message& m) { return m.role == Role::Assistant; };
    add(std::ranges::none_of(all, isUser)
            || std::ranges::any_of(
                all, [&](const Message& m) { return isUser(m) && isBlank(m.content); }),
        "query-empty");
    add(std::ranges::none_of(all, isAssistant)
            || std::ranges::any_of(
                all, [&](const Message& m) { return isAssistant(m) && saysNothing(m); }),
        "answer-empty");
    add(pair ? !rolesInOrder(sample.messages, false) : !rolesInOrder(all, true), "role-order");
    const ToolProblems tools = toolProblems(all);
    add(tools.result, "tool-result");
    add(tools.id, "tool-call-id");
    add(tools.arguments, "tool-arguments");
    add(sample.chosen && sample.rejected && textOf(*sample.chosen) == textOf(*sample.rejected),
        "pair-equal");
    return found;
}

} // namespace assay
