#include "core/analysis/onset_file.h"

#include "core/analysis/json_lines.h"
#include "core/base/error_json.h"

#include <algorithm>
#include <array>
#include <map>

namespace assay {

Json doublingHistogram(const std::vector<std::size_t>& values) {
    Json bins = Json::array();
    if (values.empty())
        return bins;
    const std::size_t most = *std::ranges::max_element(values);
    std::size_t from = 0;
    std::size_t to = 0;
    while (from <= most) {
        const auto inside = std::ranges::count_if(
            values, [&](std::size_t value) { return value >= from && value <= to; });
        bins.push_back({{"from", from}, {"to", to}, {"count", inside}});
        const std::size_t width = from < 2 ? 1 : to; // 2, 3-4, 5-8, 9-16
        from = to + 1;
        to = from == 1 || from == 2 ? from : from + width - 1;
    }
    return bins;
}

namespace {

struct Tally {
    std::int64_t cases = 0;
    std::int64_t errors = 0;
    std::map<std::string, std::int64_t> labels;
    std::map<std::string, std::int64_t> verdicts;
    std::map<std::string, std::int64_t> strengths;
    std::vector<std::size_t> departures;
    std::vector<std::size_t> onsets; ///< departures of the label "error onset"
    std::vector<std::size_t> repairs;
    std::array<std::int64_t, 10> tenths{};

    void add(const OnsetResult& result) {
        ++cases;
        ++labels[std::string(onsetLabelName(result.label))];
        ++verdicts[std::string(verdictName(result.grade.verdict))];
        if (result.r3 && result.r3->length && *result.r3->length > 0)
            repairs.push_back(*result.r3->length);
        if (!result.r1 || !result.r1->first)
            return;
        const std::size_t at = result.r1->first->index;
        departures.push_back(at);
        if (result.label == OnsetLabel::Onset)
            onsets.push_back(at);
        ++strengths[std::string(departureStrength(result.r1->first->gap))];
        ++tenths[std::min<std::size_t>(9, 10 * at / std::max<std::size_t>(1, result.r1->length))];
    }

    Json json() const {
        return {{"cases", cases}, {"errors", errors}, {"labels", labels}, {"verdicts", verdicts},
            {"departures",
                {{"count", departures.size()}, {"strengths", strengths},
                    {"by_token", doublingHistogram(departures)}, {"by_tenth", tenths}}},
            {"onsets", {{"count", onsets.size()}, {"by_token", doublingHistogram(onsets)}}},
            {"repair_lengths", doublingHistogram(repairs)}};
    }
};

} // namespace

Result<Json> findOnsets(ModelUnderTest& model, const std::filesystem::path& input,
    const std::filesystem::path& output, const OnsetFileOptions& options, StopToken stop,
    const ProgressFunction& progress) {
    std::int64_t lines = 0;
    if (auto counted = forEachJsonLine(input,
            [&](Result<Json>, std::int64_t) -> Result<void> {
                ++lines;
                return {};
            });
        !counted)
        return forward(counted);
    auto writer = JsonLinesWriter::open(output);
    if (!writer)
        return forward(writer);
    Tally tally;
    std::int64_t done = 0;
    const auto take = [&](Result<Json> line, std::int64_t number) -> Result<void> {
        const std::string place = input.string() + ":" + std::to_string(number);
        const auto refuse = [&](Error error) {
            ++tally.errors;
            return writer->append({{"line", number}, {"error", errorToJson(error)}});
        };
        if (progress)
            progress({done++, lines});
        if (stop.stop_requested())
            return fail("cancelled", {},
                std::to_string(tally.cases) + " cases are in " + output.string() + ".partial");
        if (!line)
            return refuse(std::move(line.error()));
        auto asked = onsetCaseFromJson(*line, place, options.grader);
        if (!asked)
            return refuse(std::move(asked.error()));
        asked->input.templateName = options.templateName;
        auto result = findOnset(model, *asked, options.rules, stop);
        if (!result && result.error().code == "cancelled")
            return fail(std::move(result.error()));
        if (!result) {
            if (result.error().where.empty())
                result.error().where = place;
            return refuse(std::move(result.error()));
        }
        tally.add(*result);
        Json record = {{"line", number}};
        record.update(onsetToJson(*asked, *result, options.rules));
        return writer->append(record);
    };
    if (auto walked = forEachJsonLine(input, take); !walked)
        return forward(walked);
    if (progress)
        progress({lines, lines});
    if (auto finished = writer->finish(); !finished)
        return forward(finished);
    Json summary = tally.json();
    summary["model"] = modelInfoToJson(model.info());
    return summary;
}

} // namespace assay
