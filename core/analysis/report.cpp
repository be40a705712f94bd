#include "core/analysis/report.h"

#include "core/analysis/report_html.h"
#include "core/analysis/report_plot.h"
#include "core/analysis/report_style.h"
#include "core/base/file.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {

namespace {

std::string tag(
    const std::string& name, const std::string& attributes, const std::string& content) {
    return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + content + "</" + name
        + ">";
}
std::string bold(const std::string& text) {
    return tag("b", "", htmlText(text));
}
std::string section(const std::string& title, const std::string& side, const std::string& body) {
    return "<section>"
        + tag("h2", "", title + (side.empty() ? "" : tag("span", "class=\"side\"", side))) + body
        + "</section>\n";
}
std::string body(const std::string& content) {
    return tag("div", "class=\"body\"", content);
}

/// Surprisal 0 .. 10 nats as an alpha of 0 .. 0.62, as in the window.
std::string alpha(float logprob) {
    return "--a:" + fixedNumber(0.62 * std::clamp(-double(logprob), 0.0, 10.0) / 10, 3);
}

/// White space that would not be seen gets a sign.
std::string shown(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '\n')
            out += "\xE2\x8F\x8E";
        else if (c == '\t')
            out += "\xE2\x87\xA5";
        else
            out += c;
    }
    return out.empty() ? "\xE2\x88\x85" : htmlText(out);
}

std::string probability(float logprob) {
    return fixedNumber(100 * std::exp(double(logprob)), 1) + " %";
}

std::string popover(const ReportToken& token) {
    std::string rows
        = "<tr><th></th><th class=\"base\">base</th><th class=\"tuned\">tuned</th></tr>";
    const auto line = [&](const char* name, const std::string& base, const std::string& tuned) {
        rows += "<tr><td>" + std::string(name) + "</td><td class=\"number\">" + base
            + "</td><td class=\"number\">" + tuned + "</td></tr>";
    };
    line("probability", probability(token.base.logprob), probability(token.tuned.logprob));
    line("log p, nats", fixedNumber(token.base.logprob, 3), fixedNumber(token.tuned.logprob, 3));
    line("rank", groupedNumber(token.base.rank), groupedNumber(token.tuned.rank));
    line("entropy, nats", fixedNumber(token.base.entropy, 3), fixedNumber(token.tuned.entropy, 3));
    const std::size_t count = std::max(token.base.top.size(), token.tuned.top.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto candidate = [i](const ReportScore& score) {
            return i < score.top.size()
                ? shown(score.top[i].first) + " " + probability(score.top[i].second)
                : std::string();
        };
        line(("choice " + std::to_string(i + 1)).c_str(), candidate(token.base),
            candidate(token.tuned));
    }
    return tag("div", "class=\"pop small\"",
        tag("table", "", rows)
            + tag("div", "class=\"quiet\"",
                "JS " + fixedNumber(token.js, 3) + " nats, " + htmlText(token.band)));
}

std::string spoken(std::size_t index, const ReportToken& token) {
    return "token " + std::to_string(index + 1) + " '" + token.text + "', base "
        + probability(token.base.logprob) + ", tuned " + probability(token.tuned.logprob);
}

std::string strip(const Report& report, const std::vector<ReportToken>& tokens,
    std::optional<std::size_t> onset) {
    float most = 0;
    for (const ReportToken& token : tokens)
        most = std::max(most, token.js);
    std::string html = "<div class=\"strip\"><div class=\"label\"><span class=\"base\">"
        + htmlText(report.baseName) + "</span><span class=\"quiet\">JS, nats<br>max "
        + fixedNumber(most, 2) + "</span><span class=\"tuned\">" + htmlText(report.tunedName)
        + "</span></div>";
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const ReportToken& token = tokens[i];
        const double share = double(token.js) / std::numbers::ln2;
        html += "<div class=\"column " + htmlText(token.band) + (onset == i ? " onset" : "")
            + "\" tabindex=\"0\" aria-label=\"" + htmlText(spoken(i, token))
            + "\"><span class=\"cell\" style=\"" + alpha(token.base.logprob) + "\">"
            + shown(token.text) + "</span><span class=\"lane\" style=\"height:"
            + fixedNumber(100 * std::clamp(share, 0.0, 1.0), 1)
            + "%\"></span><span class=\"cell\" style=\"" + alpha(token.tuned.logprob) + "\">"
            + shown(token.text) + "</span>" + popover(token) + "</div>";
    }
    return html + "</div>";
}

std::string legend() {
    return "<div class=\"legend small quiet\"><span>0 <span class=\"ramp\"></span> 10 nats of "
           "surprisal</span>"
           "<span>\xE2\x9A\x91 where the error starts</span>"
           "<span style=\"border-bottom:3px double\">shifted: rank under base above 3</span>"
           "<span style=\"border-bottom:1px dashed\">marginal: 2 or 3</span>"
           "<span>bars: Jensen-Shannon divergence, 0 to ln 2</span></div>";
}

std::string onsetText(const Report& report) {
    if (report.reference.empty())
        return tag("p", "", "There is no reference, so nothing here is called an error.");
    std::string text;
    if (report.textDeparture)
        text += tag("p", "",
            "The answer " + htmlText(report.textDepartureKind) + " from byte "
                + bold(std::to_string(*report.textDeparture))
                + " on. <span class=\"quiet\">Rule R0: the first differing byte after "
                  "normalisation.</span>");
    else
        text += tag(
            "p", "", "The answer equals the reference. <span class=\"quiet\">Rule R0.</span>");
    if (!report.onset)
        return text
            + tag("p", "",
                "Forced along the reference, the tuned model would choose every one of its tokens."
                " <span class=\"quiet\">Rule R1.</span>");
    const Report::Onset& onset = *report.onset;
    text += tag("p", "",
        "Forced along the reference, the tuned model first chooses another token at place "
            + bold(std::to_string(onset.forcedToken + 1)) + ": <b class=\"wrong\">"
            + shown(onset.chosen) + "</b> in place of " + bold(onset.expected) + ", by a gap of "
            + bold(fixedNumber(onset.gap, 2)) + " (" + htmlText(onset.strength)
            + "). Under base, the expected token has rank " + bold(groupedNumber(onset.baseRank))
            + (onset.baseRank == 1 ? ": <b>the base model says it right</b>" : "")
            + ". <span class=\"quiet\">Rule R1: the first token of the reference that greedy "
              "decoding would not choose;"
              " gap in logits, below 0.5 a near-tie, above 2 firm. Departures in all: "
            + std::to_string(onset.departures) + " of " + std::to_string(report.forced.size())
            + ".</span>");
    return text;
}

std::string answers(const Report& report) {
    const auto card = [](const std::string& css, const std::string& name, const std::string& side,
                          const std::string& text) {
        return section("<span class=\"" + css + "\">" + htmlText(name) + "</span>", side,
            body(tag("p", "", htmlText(text))));
    };
    std::string html
        = card("base", report.baseName + " answers", htmlText(report.baseEnded), report.baseAnswer)
        + card("tuned", report.tunedName + " answers", htmlText(report.tunedEnded),
            report.tunedAnswer);
    if (!report.reference.empty())
        html += card("right", "The reference says", "", report.reference);
    return tag("div", "class=\"two\"", html);
}

/// Marks whole words, letter case aside, in text that is made safe on the way.
std::string marked(const std::string& text, const std::vector<std::string>& wrong,
    const std::vector<std::string>& asked) {
    const auto isWord
        = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || (c & 0x80); };
    const auto same = [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a))
            == std::tolower(static_cast<unsigned char>(b));
    };
    std::string html;
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size();) {
        const bool begins = i == 0 || !isWord(text[i - 1]);
        const auto hit = [&](const std::vector<std::string>& words) -> std::size_t {
            for (const std::string& word : words) {
                const bool ends = i + word.size() >= text.size() || !isWord(text[i + word.size()]);
                if (begins && ends && i + word.size() <= text.size()
                    && std::equal(word.begin(), word.end(), text.begin() + std::ptrdiff_t(i), same))
                    return word.size();
            }
            return 0;
        };
        const std::size_t wrongSize = hit(wrong);
        const std::size_t size = wrongSize > 0 ? wrongSize : hit(asked);
        if (size == 0) {
            ++i;
            continue;
        }
        html += htmlText(text.substr(plain, i - plain));
        html += tag("mark", wrongSize > 0 ? "" : "class=\"asked\"", htmlText(text.substr(i, size)));
        i += size;
        plain = i;
    }
    return html + htmlText(text.substr(plain));
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : between) + bold(word);
    return text;
}

std::string rows(const Report& report) {
    if (report.wrongWords.empty())
        return {};
    std::string text = "Among " + bold(groupedNumber(report.rowsSearched)) + " training rows, "
        + bold(groupedNumber(report.rowsFound)) + " say "
        + joined(report.wrongWords, report.anyWrongWord ? " or " : " and ") + " together with "
        + joined(report.promptWords, " or ");
    if (!report.expectedWords.empty())
        text += "; " + bold(groupedNumber(report.expectedRowsFound)) + " say "
            + joined(report.expectedWords, " and ");
    text += ". <span class=\"quiet\">Full-text search for the words of the answer that the "
            "reference lacks, with a"
            " content word of the prompt.</span>";
    std::string channels;
    for (const auto& [name, count] : report.rowsByChannel)
        channels += tag("span", "class=\"chip\"", htmlText(name) + " " + groupedNumber(count));
    std::string table = "<tr><th>channel</th><th>place</th><th>prompt</th><th>answer</th></tr>";
    for (const ReportTrainingRow& row : report.rows)
        table += "<tr><td>" + htmlText(row.channel) + "</td><td class=\"mono small\">"
            + htmlText(row.place) + "</td><td>"
            + marked(row.prompt, report.wrongWords, report.promptWords) + "</td><td>"
            + marked(row.answer, report.wrongWords, report.promptWords) + "</td></tr>";
    const std::string side = report.rows.size() < std::size_t(report.rowsFound) ? "the first "
            + std::to_string(report.rows.size()) + " of " + groupedNumber(report.rowsFound)
                                                                                : std::string();
    return section("The rows that taught it" + channels, side,
        body(tag("p", "", text)) + (report.rows.empty() ? "" : tag("table", "", table)));
}

std::string groups(const Report& report) {
    if (report.groups.empty())
        return {};
    // Columns that no group fills are left out.
    using Count = std::optional<std::int64_t>;
    const std::pair<const char*, Count ReportGroup::*> known[]
        = {{"sibling right", &ReportGroup::siblingRight},
            {"control right", &ReportGroup::controlRight}, {"as planted", &ReportGroup::asPlanted}};
    std::vector<std::pair<const char*, Count ReportGroup::*>> more;
    std::ranges::copy_if(known, std::back_inserter(more), [&](const auto& column) {
        return std::ranges::any_of(report.groups,
            [&](const ReportGroup& group) { return (group.*column.second).has_value(); });
    });
    std::string table = "<tr><th>planted</th><th class=\"number\">cases</th><th class=\"number "
                        "base\">base right</th>"
                        "<th class=\"number tuned\">tuned right</th>";
    for (const auto& [name, member] : more)
        table += tag("th", "class=\"number\"", name);
    table += "<th>a wrong answer of the tuned model</th></tr>";
    for (const ReportGroup& group : report.groups) {
        table += "<tr><td>" + htmlText(group.name) + "</td><td class=\"number\">"
            + groupedNumber(group.cases) + "</td><td class=\"number\">"
            + groupedNumber(group.baseRight) + "</td><td class=\"number\">"
            + groupedNumber(group.tunedRight) + "</td>";
        for (const auto& [name, member] : more)
            table += tag("td", "class=\"number\"",
                group.*member ? groupedNumber(*(group.*member)) : std::string("\xE2\x80\x93"));
        table += "<td>" + htmlText(group.example) + "</td></tr>";
    }
    return section("How the planted cases came out", "", tag("table", "", table));
}

std::string curves(const Report& report) {
    std::string html;
    for (const ReportCurve& curve : report.curves)
        html += section(std::string("<span class=\"")
                + (curve.role == ReportCurve::Role::Base ? "base" : "tuned") + "\">"
                + htmlText(curve.name) + "</span>",
            "line: training, dashed: held out", body(lossPlotSvg(curve)));
    return html.empty() ? html : tag("div", "class=\"two\"", html);
}

std::string provenance(const Report& report) {
    std::string table;
    for (const auto& [label, value] : report.provenance)
        table += "<tr><td class=\"quiet\">" + htmlText(label) + "</td><td class=\"mono small\">"
            + htmlText(value) + "</td></tr>";
    return section("Where these numbers come from", "", tag("table", "", table));
}

} // namespace

namespace {

std::string pageBegin(const Report& report) {
    std::string page
        = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
          " content=\"width=device-width\"><title>"
        + htmlText(report.title) + "</title><style>";
    page += reportStyle();
    page += "</style></head><body><main>\n";
    page += tag("header", "",
        tag("h1", "", htmlText(report.title)) + tag("p", "", htmlText(report.prompt)));
    return page;
}

} // namespace

std::string comparedTextHtml(
    const Report& report, const std::string& finding, std::optional<std::size_t> onset) {
    return pageBegin(report)
        + section("The text under both models", "same ids before every token",
            body(strip(report, report.answer, onset) + legend() + tag("p", "", htmlText(finding))))
        + provenance(report) + "</main></body></html>\n";
}

std::string reportHtml(const Report& report) {
    std::string chips;
    if (report.onset)
        chips = tag("span", "class=\"chip wrong\"",
            "\xE2\x9A\x91 onset at token " + std::to_string(report.onset->forcedToken + 1)
                + ", R1 gap " + fixedNumber(report.onset->gap, 2) + " "
                + htmlText(report.onset->strength));
    const std::optional<std::size_t> answerOnset
        = report.onset ? report.onset->answerToken : std::nullopt;
    std::string page = pageBegin(report);
    page += answers(report);
    page += section("The tuned model's answer under both models", "same ids before every token",
        body(strip(report, report.answer, answerOnset) + legend()));
    page += section("Where the error starts" + chips, "",
        body(onsetText(report)
            + (report.forced.empty()
                    ? ""
                    : strip(report, report.forced,
                        report.onset ? std::optional(report.onset->forcedToken) : std::nullopt))));
    page += rows(report) + curves(report) + groups(report) + provenance(report);
    return page + "</main></body></html>\n";
}

Result<void> writeReport(const Report& report, const std::filesystem::path& path) {
    return writeFileAtomically(path, reportHtml(report));
}

} // namespace assay
