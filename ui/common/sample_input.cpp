#include "ui/common/sample_input.h"

#include <QCoreApplication>

namespace assay {

QString roleTitle(Role role) {
    switch (role) {
    case Role::System:
        return QCoreApplication::translate("Inspect", "system");
    case Role::Developer:
        return QCoreApplication::translate("Inspect", "developer");
    case Role::User:
        return QCoreApplication::translate("Inspect", "user");
    case Role::Assistant:
        return QCoreApplication::translate("Inspect", "assistant");
    case Role::Tool:
        return QCoreApplication::translate("Inspect", "tool result");
    }
    return {};
}

SampleInput sampleInput(const Sample& sample) {
    SampleInput out;
    if (sample.text) {
        out.input = {{"text", *sample.text}};
        return out;
    }
    Sample whole = sample;
    if (sample.chosen)
        whole.messages.insert(whole.messages.end(), sample.chosen->begin(), sample.chosen->end());
    // The payload form is what the engine reads samples in.
    const Json payload = sampleToJson(whole);
    out.input = {{"messages", payload.value("messages", Json::array())}};
    if (!sample.tools.empty())
        out.input["tools"] = sample.tools;
    for (const Message& message : whole.messages)
        out.titles.push_back(roleTitle(message.role));
    return out;
}

} // namespace assay
