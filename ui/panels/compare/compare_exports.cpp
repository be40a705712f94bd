#include "core/analysis/report.h"
#include "ui/common/export_view.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/theme.h"
#include "ui/panels/compare/batch_card.h"
#include "ui/panels/compare/compare_panel.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

/// A picture beyond this height opens nowhere; what fits is still the beginning of the text.
constexpr int tallestPicture = 16000;

std::string_view bandOf(int baseRank) {
    return baseRank <= 1 ? "unshifted" : baseRank <= 3 ? "marginal" : "shifted";
}

ReportScore reportScore(const StripToken& token) {
    ReportScore score;
    score.logprob = float(token.logprob);
    score.rank = token.rank;
    score.entropy = float(token.entropy);
    for (const StripAlternative& alternative : token.top)
        if (!alternative.piece.isEmpty())
            score.top.emplace_back(alternative.piece.toStdString(), float(alternative.logprob));
    return score;
}

} // namespace

QList<PanelExport> ComparePanel::exports() {
    QList<PanelExport> list;
    if (m_record) {
        list.append({tr("Score view"), {QStringLiteral("png"), QStringLiteral("svg")},
            [this](const QString& file) {
                ScoreLanes whole;
                whole.setAttribute(Qt::WA_DontShowOnScreen);
                whole.resize(m_lanes->size());
                whole.setMeasure(m_lanes->measure());
                whole.setFoldMode(m_lanes->foldMode());
                whole.setText(m_lanes->text());
                whole.resize(m_lanes->width(), std::clamp(whole.wholeHeight(), 80, tallestPicture));
                whole.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
                return saveWidgetPicture(&whole, file);
            }});
        list.append(
            {tr("Tokens under both models"), {QStringLiteral("json"), QStringLiteral("csv")},
                [this](const QString& file) { return writeTokens(file); }});
        if (m_record->shared)
            list.append({tr("Report"), {QStringLiteral("html")},
                [this](const QString& file) { return writeReport(file); }});
    }
    list.append(m_batch->exports());
    return list;
}

Result<void> ComparePanel::writeReport(const QString& file) const {
    const LanesText& text = m_lanes->text();
    Report report;
    const auto question = asked();
    report.title = m_sample ? tr("Sample %1 under two models").arg(m_sample->id).toStdString()
                            : tr("A text under two models").toStdString();
    if (question && question->prompt.messages && !question->prompt.messages->empty())
        report.prompt = question->prompt.messages->back().content;
    else if (question && question->prompt.text)
        report.prompt = *question->prompt.text;
    report.baseName = m_selection->model(ModelRole::Base).name.toStdString();
    report.tunedName = m_selection->model(ModelRole::Tuned).name.toStdString();
    std::optional<std::size_t> onset;
    const int onsetCell = m_lanes->markOf(LaneMark::Kind::Onset);
    for (int i = 0; i < int(text.cells.size()); ++i) {
        const LaneCell& cell = text.cells[std::size_t(i)];
        if (!cell.answer || !cell.scored)
            continue;
        if (i == onsetCell)
            onset = report.answer.size();
        ReportToken token;
        const StripToken& base = text.base[std::size_t(cell.baseBegin)];
        const StripToken& tuned = text.tuned[std::size_t(cell.tunedBegin)];
        token.text = quotedPiece(tuned).toStdString();
        token.base = reportScore(base);
        token.tuned = reportScore(tuned);
        token.js = float(cell.js);
        token.band = bandOf(cell.baseRank);
        report.answer.push_back(std::move(token));
    }
    const auto add = [&](const char* label, const Json& value) {
        if (!value.is_null())
            report.provenance.emplace_back(
                label, value.is_string() ? value.get<std::string>() : dumpJson(value));
    };
    for (const char* side : {"base", "tuned"}) {
        const Json info = m_record->provenance.value(side, Json::object());
        const std::string name = side;
        add((name + " model").c_str(), info.value("path", Json()));
        add((name + ": hash").c_str(), info.value("hash", Json()));
        add((name + ": dtype").c_str(), info.value("dtype", Json()));
        add((name + ": tokenizer").c_str(), info.value("tokenizer_hash", Json()));
    }
    add("template", m_record->provenance.value("template", Json()));
    add("scores", Json("temperature 1, before any filter, natural logarithms"));
    QString finding = summaryText();
    for (const LaneMark& mark : text.marks)
        finding += QStringLiteral(" · ")
            + tr("%1 at token %2").arg(mark.label, QString::number(mark.cell + 1));
    return saveTextFile(
        QString::fromStdString(comparedTextHtml(report, finding.toStdString(), onset)), file);
}

Result<void> ComparePanel::writeTokens(const QString& file) const {
    const LanesText& text = m_lanes->text();
    const bool csv = file.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive);
    Json list = Json::array();
    QString lines = QStringLiteral("token,text,answer,base_logprob,base_rank,tuned_logprob,"
                                   "tuned_rank,delta,js,kl_tuned_base,kl_base_tuned,band,"
                                   "first_choices_differ\r\n");
    for (int i = 0; i < int(text.cells.size()); ++i) {
        const LaneCell& cell = text.cells[std::size_t(i)];
        const QString piece = quotedCell(text, i);
        const QString band = QString::fromLatin1(
            bandOf(cell.baseRank).data(), qsizetype(bandOf(cell.baseRank).size()));
        const bool distances = text.shared && cell.scored;
        if (csv) {
            QStringList row{QString::number(i + 1),
                QLatin1Char('"') + QString(piece).replace(QLatin1Char('"'), QStringLiteral("\"\""))
                    + QLatin1Char('"'),
                cell.answer ? QStringLiteral("1") : QStringLiteral("0")};
            const auto number = [&](double value, bool there) {
                row.append(there ? QString::number(value, 'g', 9) : QString());
            };
            number(cell.baseLogprob, cell.scored);
            number(cell.baseRank, cell.scored);
            number(cell.tunedLogprob, cell.scored);
            number(cell.tunedRank, cell.scored);
            number(cell.delta(), cell.scored);
            number(cell.js, distances);
            number(cell.klTunedBase, distances);
            number(cell.klBaseTuned, distances);
            row.append(cell.scored ? band : QString());
            row.append(cell.otherChoice ? QStringLiteral("1") : QStringLiteral("0"));
            lines += row.join(QLatin1Char(',')) + QStringLiteral("\r\n");
            continue;
        }
        const auto number = [](double value, bool there) { return there ? Json(value) : Json(); };
        list.push_back({{"token", i + 1}, {"text", piece.toStdString()}, {"answer", cell.answer},
            {"base",
                {{"logprob", number(cell.baseLogprob, cell.scored)},
                    {"rank", number(cell.baseRank, cell.scored)}}},
            {"tuned",
                {{"logprob", number(cell.tunedLogprob, cell.scored)},
                    {"rank", number(cell.tunedRank, cell.scored)}}},
            {"delta", number(cell.delta(), cell.scored)}, {"js", number(cell.js, distances)},
            {"kl_tuned_base", number(cell.klTunedBase, distances)},
            {"kl_base_tuned", number(cell.klBaseTuned, distances)},
            {"band", cell.scored ? Json(band.toStdString()) : Json()},
            {"first_choices_differ", cell.otherChoice}});
    }
    if (csv)
        return saveTextFile(lines, file);
    const Json all = {{"tokens", list}, {"summary", m_record->summary},
        {"onset",
            {{"R0", m_record->textDeparture}, {"R1_base", m_record->base.departure},
                {"R1_tuned", m_record->tuned.departure}}},
        {"provenance", m_record->provenance}};
    return saveTextFile(QString::fromStdString(dumpJson(all, 2)), file);
}

QString ComparePanel::help() const {
    return tr(
        "**Compare** sets one text under two models, like a score: the base model's strip above, "
        "the tuned model's below, wrapped at the same byte, and between them how far the two "
        "distributions lie apart at each token.\n\n"
        "The violet fill is surprisal under each model. Bars are Jensen-Shannon divergence (0 to "
        "0.69 nats), KL divergence, the shift of the token's rank, or the difference of its "
        "log-probability. A tick above and below a bar says that the models' first choices differ "
        "there. Underlines are URIAL bands (arXiv 2312.01552): dashed where the base model has the "
        "token at rank 2 or 3, double where lower.\n\n"
        "**First divergence** is the first token where the first choices differ; on a model's own "
        "answer that is where the two free answers part. **Onset** needs a reference: R1 is the "
        "first token of the reference that the tuned model would not say, R0 the first byte where "
        "its answer differs.\n\n"
        "Press Enter at a token: both models go on from before it. Below, the same numbers for "
        "every sample of the view.");
}

QString ComparePanel::selectionHelp() const {
    const int cell = m_lanes->selectedCell();
    if (cell < 0 || !m_record)
        return {};
    return spokenCell(m_lanes->text(), cell);
}

} // namespace assay
