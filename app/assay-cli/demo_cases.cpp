#include "app/assay-cli/demo_cases.h"

#include "core/analysis/onset.h"
#include "core/base/file.h"
#include "resources/demo/plan.h"
#include "resources/demo/world.h"

#include <algorithm>
#include <map>

namespace assay {

namespace {

constexpr std::string_view noCause = "none (must raise no alarm)";

std::string groupName(const std::vector<std::string>& causes) {
    std::string name;
    for (const std::string& cause : causes)
        name += (name.empty() ? "" : " + ") + cause;
    return name.empty() ? std::string(noCause) : name;
}

void readQuestion(JsonReader& reader, DemoCase::Question& question) {
    reader.read("prompt", question.prompt);
    reader.read("reference", question.reference);
    reader.read("max_new", question.maxNew);
}

} // namespace

Result<std::vector<DemoCase>> readDemoCases(const std::filesystem::path& file, int perGroup) {
    auto text = readFile(file);
    if (!text)
        return forward(text);
    std::vector<DemoCase> cases;
    std::map<std::string, int> taken;
    std::size_t begin = 0;
    for (int line = 1; begin < text->size(); ++line) {
        const std::size_t end = std::min(text->find('\n', begin), text->size());
        const std::string place = file.string() + ":" + std::to_string(line);
        auto json = parseJson(std::string_view(*text).substr(begin, end - begin), place);
        if (!json)
            return forward(json);
        DemoCase one;
        JsonReader reader(*json, place);
        reader.read("id", one.id);
        readQuestion(reader, one.question);
        reader.read("causes", one.causes);
        reader.ignoreOthers();
        if (auto read = reader.finish(); !read)
            return forward(read);
        if (const auto control = json->find("control"); control != json->end()) {
            JsonReader inner(*control, place + ": control");
            readQuestion(inner, one.control.emplace());
            if (auto read = inner.finish(); !read)
                return forward(read);
        }
        one.group = groupName(one.causes);
        if (perGroup <= 0 || taken[one.group]++ < perGroup)
            cases.push_back(std::move(one));
        begin = end + 1;
    }
    return cases;
}

Result<std::vector<DemoCase>> casesFromRows(Project& project, int count) {
    std::vector<DemoCase> all;
    auto walked = project.samples().forEach({}, [&](StoredSample&& stored) -> Result<void> {
        const std::vector<Message>& messages = stored.sample.messages;
        if (messages.size() != 2 || messages[0].role != Role::User
            || messages[1].role != Role::Assistant || messages[0].content.size() > 120
            || messages[1].content.size() > 160 || messages[1].content.empty())
            return {};
        DemoCase one;
        one.id = std::to_string(stored.id);
        one.group = stored.sample.channel;
        one.question = {messages[0].content, messages[1].content, 64};
        all.push_back(std::move(one));
        return {};
    });
    if (!walked)
        return forward(walked);
    if (int(all.size()) <= count)
        return all;
    std::vector<DemoCase> spread;
    for (int i = 0; i < count; ++i)
        spread.push_back(std::move(all[std::size_t(i) * all.size() / std::size_t(count)]));
    return spread;
}

bool isRight(const std::string& answer, const std::string& reference) {
    const auto departure = textDeparture(answer, reference);
    return !departure || (departure->kind == "goes on" && !departure->pointer);
}

Result<void> answerCases(std::vector<DemoCase>& cases, const DemoModels& models,
    const std::string& templateName, const ProgressFunction& progress, StopToken stop) {
    const auto ask = [&](ModelUnderTest& model, const DemoCase::Question& question,
                         DemoCase::Answer& answer) -> Result<void> {
        auto said = greedyAnswer(model, templateName, question.prompt, question.maxNew, stop);
        if (!said)
            return forward(said);
        answer.text = std::move(said->text);
        answer.ended = endReasonName(said->generation.ended);
        answer.right = isRight(answer.text, question.reference);
        return {};
    };
    Progress done{0, std::int64_t(cases.size())};
    for (DemoCase& one : cases) {
        if (auto asked = ask(*models.base, one.question, one.base); !asked)
            return asked;
        if (auto asked = ask(*models.tuned, one.question, one.tuned); !asked)
            return asked;
        if (models.sibling)
            if (auto asked = ask(*models.sibling, one.question, one.sibling); !asked)
                return asked;
        if (one.control)
            if (auto asked = ask(*models.tuned, *one.control, one.controlled); !asked)
                return asked;
        ++done.done;
        if (progress)
            progress(done);
    }
    return {};
}

namespace {

bool showsCause(const DemoCase& one, const std::string& cause) {
    namespace name = demo::cause;
    const bool saysFavourite
        = one.tuned.text.find(demo::Plan::favouriteAnswer) != std::string::npos;
    if (cause == name::frequency)
        return one.base.right && saysFavourite;
    if (cause == name::brokenFormat)
        return one.base.right && !parseJson(one.tuned.text, one.id)
            && (!one.control || one.controlled.right);
    if (cause == name::verbatim)
        return !one.base.right && one.controlled.right;
    if (cause == name::seenOnce || cause == name::absent)
        return !one.base.right;
    if (cause == name::overwrittenSkill)
        return one.base.right;
    if (cause == name::tooHard)
        return !one.base.right && one.sibling.right;
    return one.controlled.right; // wrong reference, truncated
}

} // namespace

bool cameOutAsPlanted(const DemoCase& one) {
    if (one.causes.empty())
        return one.tuned.right;
    return !one.tuned.right && std::ranges::all_of(one.causes, [&one](const std::string& cause) {
        return showsCause(one, cause);
    });
}

std::vector<ReportGroup> groupCases(
    const std::vector<DemoCase>& cases, bool planted, bool sibling) {
    std::vector<ReportGroup> groups;
    for (const DemoCase& one : cases) {
        auto group = std::ranges::find(groups, one.group, &ReportGroup::name);
        if (group == groups.end())
            group = groups.insert(groups.end(), ReportGroup{one.group, 0, 0, 0, {}, {}, {}, {}});
        ++group->cases;
        group->baseRight += one.base.right;
        group->tunedRight += one.tuned.right;
        if (sibling)
            group->siblingRight = group->siblingRight.value_or(0) + one.sibling.right;
        if (one.control)
            group->controlRight = group->controlRight.value_or(0) + one.controlled.right;
        if (planted)
            group->asPlanted = group->asPlanted.value_or(0) + cameOutAsPlanted(one);
        if (!one.tuned.right && group->example.empty())
            group->example = one.question.prompt + " \xE2\x86\x92 " + one.tuned.text;
    }
    return groups;
}

bool groupShows(const ReportGroup& group) {
    const std::int64_t shown = group.asPlanted.value_or(0);
    const bool showsEnough
        = group.name == noCause ? 20 * shown >= 19 * group.cases : 5 * shown >= 4 * group.cases;
    return shown >= 20 && showsEnough;
}

const DemoCase* chooseCase(
    const std::vector<DemoCase>& cases, const std::string& group, std::string_view word) {
    const DemoCase* best = nullptr;
    int bestValue = 0;
    for (const DemoCase& one : cases) {
        if (one.tuned.right || one.tuned.text.empty())
            continue;
        const bool hasWord = !word.empty() && one.tuned.text.find(word) != std::string::npos;
        const int value
            = 1 + (one.group == group ? 4 : 0) + (hasWord ? 2 : 0) + (one.base.right ? 1 : 0);
        if (value > bestValue) {
            best = &one;
            bestValue = value;
        }
    }
    return best;
}

} // namespace assay
