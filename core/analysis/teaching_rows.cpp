#include "core/analysis/teaching_rows.h"

#include <algorithm>

namespace assay {

namespace {

/// "a" AND "b", as FTS5 reads it; a quote inside a word cannot occur (see `wordsOf`).
std::string anyOrAll(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "\"" : std::string(" ") + between + " \"") + word + "\"";
    return text;
}

SampleFilter withExpression(const SampleFilter& rows, const std::string& expression) {
    SampleFilter filter = rows;
    filter.text = expression;
    filter.syntax = SearchSyntax::Expert;
    return filter;
}

std::string content(const std::vector<Message>& messages, Role role, bool last) {
    std::string found;
    for (const Message& message : messages)
        if (message.role == role) {
            found = message.content;
            if (!last)
                break;
        }
    return found;
}

ReportTrainingRow trainingRow(const StoredSample& stored) {
    const Sample& sample = stored.sample;
    ReportTrainingRow row;
    row.channel = sample.channel;
    const std::size_t slash = sample.provenance.file.find_last_of('/');
    row.place = sample.provenance.file.substr(slash == std::string::npos ? 0 : slash + 1) + ":"
        + std::to_string(sample.provenance.line);
    row.prompt = content(sample.messages, Role::User, false);
    row.answer = sample.text ? *sample.text : content(sample.messages, Role::Assistant, true);
    return row;
}

} // namespace

Result<void> findTeachingRows(
    Project& project, const SampleFilter& trainingRows, std::int64_t keep, Report& report) {
    if (report.wrongWords.empty())
        return {};
    Samples& samples = project.samples();
    auto searched = samples.count(trainingRows);
    if (!searched)
        return forward(searched);
    report.rowsSearched = *searched;

    const std::string asked
        = report.promptWords.empty() ? "" : " AND (" + anyOrAll(report.promptWords, "OR") + ")";
    SampleFilter filter = withExpression(
        trainingRows, "(answer : (" + anyOrAll(report.wrongWords, "AND") + "))" + asked);
    auto found = samples.count(filter);
    if (!found)
        return forward(found);
    SampleOrder order = SampleOrder::Imported;
    if (*found == 0 && report.wrongWords.size() > 1) {
        filter = withExpression(
            trainingRows, "(answer : (" + anyOrAll(report.wrongWords, "OR") + "))" + asked);
        order = SampleOrder::Relevance;
        report.anyWrongWord = true;
        found = samples.count(filter);
        if (!found)
            return forward(found);
    }
    report.rowsFound = *found;

    auto page = samples.page(filter, keep, 0, order);
    if (!page)
        return forward(page);
    for (const SampleRow& listed : *page) {
        auto stored = samples.sample(listed.id);
        if (!stored)
            return forward(stored);
        report.rows.push_back(trainingRow(*stored));
    }
    auto channels = samples.channels();
    if (!channels)
        return forward(channels);
    for (const CountByName& channel : *channels) {
        if (!trainingRows.channels.empty()
            && std::find(trainingRows.channels.begin(), trainingRows.channels.end(), channel.name)
                == trainingRows.channels.end())
            continue;
        SampleFilter one = filter;
        one.channels = {channel.name};
        auto count = samples.count(one);
        if (!count)
            return forward(count);
        if (*count > 0)
            report.rowsByChannel.emplace_back(channel.name, *count);
    }
    if (!report.expectedWords.empty()) {
        auto expected = samples.count(withExpression(
            trainingRows, "(answer : (" + anyOrAll(report.expectedWords, "AND") + "))" + asked));
        if (!expected)
            return forward(expected);
        report.expectedRowsFound = *expected;
    }
    return {};
}

} // namespace assay
