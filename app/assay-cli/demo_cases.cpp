#include "app/assay-cli/demo_cases.h"

#include "core/analysis/onset.h"
#include "core/base/file.h"

#include <algorithm>
#include <map>

namespace assay {

namespace {

std::string groupName(const std::vector<std::string>& causes) {
    std::string name;
    for (const std::string& cause : causes)
        name += (name.empty() ? "" : " + ") + cause;
    return name.empty() ? "none (must raise no alarm)" : name;
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
        std::vector<std::string> causes;
        JsonReader reader(*json, place);
        reader.read("id", one.id);
        reader.read("prompt", one.prompt);
        reader.read("reference", one.reference);
        reader.read("max_new", one.maxNew);
        reader.read("causes", causes);
        reader.ignoreOthers();
        if (auto read = reader.finish(); !read)
            return forward(read);
        one.group = groupName(causes);
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
        one.prompt = messages[0].content;
        one.reference = messages[1].content;
        one.maxNew = 64;
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

Result<void> answerCases(std::vector<DemoCase>& cases, ModelUnderTest& base, ModelUnderTest& tuned,
    const std::string& templateName, const ProgressFunction& progress, StopToken stop) {
    Progress done{0, std::int64_t(cases.size())};
    for (DemoCase& one : cases) {
        auto fromBase = greedyAnswer(base, templateName, one.prompt, one.maxNew, stop);
        if (!fromBase)
            return forward(fromBase);
        auto fromTuned = greedyAnswer(tuned, templateName, one.prompt, one.maxNew, stop);
        if (!fromTuned)
            return forward(fromTuned);
        one.baseAnswer = std::move(fromBase->text);
        one.tunedAnswer = std::move(fromTuned->text);
        one.baseRight = isRight(one.baseAnswer, one.reference);
        one.tunedRight = isRight(one.tunedAnswer, one.reference);
        ++done.done;
        if (progress)
            progress(done);
    }
    return {};
}

std::vector<ReportGroup> groupCases(const std::vector<DemoCase>& cases) {
    std::vector<ReportGroup> groups;
    for (const DemoCase& one : cases) {
        auto group = std::ranges::find(groups, one.group, &ReportGroup::name);
        if (group == groups.end())
            group = groups.insert(groups.end(), ReportGroup{one.group, 0, 0, 0, {}});
        ++group->cases;
        group->baseRight += one.baseRight;
        group->tunedRight += one.tunedRight;
        if (!one.tunedRight && group->example.empty())
            group->example = one.prompt + " \xE2\x86\x92 " + one.tunedAnswer;
    }
    return groups;
}

const DemoCase* chooseCase(
    const std::vector<DemoCase>& cases, const std::string& group, std::string_view word) {
    const DemoCase* best = nullptr;
    int bestValue = 0;
    for (const DemoCase& one : cases) {
        if (one.tunedRight || one.tunedAnswer.empty())
            continue;
        const bool hasWord = !word.empty() && one.tunedAnswer.find(word) != std::string::npos;
        const int value
            = 1 + (one.group == group ? 4 : 0) + (hasWord ? 2 : 0) + (one.baseRight ? 1 : 0);
        if (value > bestValue) {
            best = &one;
            bestValue = value;
        }
    }
    return best;
}

} // namespace assay
