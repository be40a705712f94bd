#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/export_view.h"
#include "ui/common/fonts.h"
#include "ui/common/token_strip/strip_legend.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/answer_curve.h"
#include "ui/panels/inspect/inspect_export.h"
#include "ui/panels/inspect/inspect_panel.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {

QString InspectPanel::help() const {
    return tr(
        "Every token is filled by what the model thought of it, given everything before it.\n\n"
        "**Surprisal** is minus the log-probability, in nats: 0 was certain, 2.3 is one chance in "
        "ten, 6.9 one in a thousand. **Rank** 1 is the token that greedy decoding would take. "
        "**Entropy** is how undecided the model was before it saw the token. **Margin** is how far "
        "the token lies before or behind the best other. **Delta** is what fine-tuning changed.\n\n"
        "**Along the answer** lays the surprisal over the band in which it was to be expected; "
        "where the line leaves the band, the model was surprised beyond its own doubt.\n\n"
        "**Branches**: click an alternative and the model goes on from it; Shift-click only "
        "previews. The cost says how far the forced words lie behind the most probable ones. "
        "The sample itself never changes.\n\n"
        "**Marks** name their rule. An onset (R0, R1) needs a reference: the sample's own answer. "
        "A suspect (R5) is only a place that stands out.\n\n"
        "**In the training text** counts how often the project's rows go on with the token after "
        "the same words, as many of them as occur together. Dots under the text: six words or "
        "more that stand in a row word for word.");
}

QString InspectPanel::selectionHelp() const {
    const ScoreRecord* record = m_text->record();
    const int index = m_strip->selectedToken();
    if (!record || index < 0 || index >= int(record->tokens.size()))
        return {};
    const ScoreRecord::Token& token = record->tokens[std::size_t(index)];
    const StripToken& shown = m_strip->text().tokens[std::size_t(index)];
    const QLocale locale;
    const QString name = QLatin1Char('`') + quotedPiece(shown) + QLatin1Char('`');
    if (shown.cut)
        return tr("Token %1, %2, lies beyond what the model can read.")
            .arg(QString::number(index + 1), name);
    if (!token.scored)
        return tr("Token %1, %2, has no score: nothing stands before it, or it is being scored.")
            .arg(QString::number(index + 1), name);
    const double p = std::exp(token.logprob);
    const auto nats = [&](double value) { return locale.toString(value, 'f', 2); };
    QStringList parts;
    parts.append(tr("**Token %1, %2.** The model held it %3 likely: about one chance in %4.")
                     .arg(QString::number(index + 1), name, percentText(p),
                         locale.toString(1 / std::max(p, 1e-12), 'g', 3)));
    parts.append(tr("**Surprisal %1 nats** (%2 bits).")
                     .arg(nats(-token.logprob), nats(-token.logprob / std::log(2.0))));
    parts.append(token.rank == 1
            ? tr("**Rank 1**: greedy decoding says exactly this.")
            : tr("**Rank %1**: the model held %n other token(s) more probable.", nullptr,
                token.rank - 1)
                  .arg(locale.toString(token.rank)));
    parts.append(tr("**Entropy %1 nats**: it was as undecided as between %2 equally likely tokens.")
                     .arg(nats(token.entropy), locale.toString(std::exp(token.entropy), 'g', 3)));
    parts.append(token.margin >= 0
            ? tr("**Margin %1**: so many nats before the best other token.").arg(nats(token.margin))
            : tr("**Margin %1**: so many nats behind the token that it would rather have said.")
                  .arg(nats(token.margin)));
    if (token.varentropy > 1e-12)
        parts.append(
            tr("Measured against its own doubt the surprise is %1 standard deviations (z).")
                .arg(nats((-token.logprob - token.entropy) / std::sqrt(token.varentropy))));
    if (!std::isnan(shown.delta))
        parts.append(shown.delta >= 0
                ? tr("**Delta +%1 nats**: fine-tuning made it more likely.").arg(nats(shown.delta))
                : tr("**Delta %1 nats**: fine-tuning made it less likely.").arg(nats(shown.delta)));
    for (const StripFlag& flag : m_strip->text().flags)
        if (flag.token == index)
            parts.append(QStringLiteral("*%1*").arg(flag.label));
    return parts.join(QStringLiteral("\n\n"));
}

QList<PanelExport> InspectPanel::exports() {
    const ScoreRecord* record = m_text->record();
    const Branch* branch = m_text->current();
    if (!record || !branch)
        return {};
    const auto scores = [this] {
        const InspectedText::Models& models = m_text->models();
        const Branch* branch = m_text->current();
        InspectedScores out;
        out.title = m_card->accessibleName();
        out.modelName = models.of(models.active).name;
        out.record = m_text->record();
        out.other = m_text->comparable() ? m_text->otherRecord() : nullptr;
        out.otherName = out.other ? models.of(otherRole(models.active)).name : QString();
        out.flags = m_strip->text().flags;
        if (!branch->isRoot())
            out.branch = {{"at", branch->at}, {"forced", branch->forced},
                {"what", branch->what.toStdString()},
                {"cost", std::isnan(branch->cost) ? Json() : Json(branch->cost)},
                {"writer", branch->writerName.toStdString()},
                {"ended", branch->ended.toStdString()},
                {"temperature", branch->settings.temperature}, {"seed", branch->settings.seed},
                {"max_new", branch->settings.maxNew}};
        return out;
    };
    const auto picture = [this, scores](const QString& file) -> Result<void> {
        // The whole text, not the part in view; a picture beyond this height nobody could open.
        constexpr int highest = 12000;
        QWidget page;
        auto* column = new QVBoxLayout(&page);
        const InspectedScores all = scores();
        column->addWidget(makeTitle(all.title));
        QStringList origin;
        for (const auto& [label, value] : provenanceLines(all.record->provenance))
            origin.append(label + QStringLiteral(": ") + value);
        QLabel* from = makeLabel(origin.join(QStringLiteral(" · ")), "secondary");
        from->setWordWrap(true);
        column->addWidget(from);
        auto* strip = new TokenStrip;
        strip->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        strip->setStripLook(m_strip->stripLook());
        strip->setMetric(m_strip->metric());
        strip->resize(m_strip->width(), 200);
        strip->setText(m_strip->text());
        const int needed = int(strip->layoutOfTokens().height()) + scaled(40);
        strip->setFixedSize(m_strip->width(), std::min(highest, needed));
        column->addWidget(strip);
        auto* legend = new StripLegend;
        legend->setMetric(m_strip->metric());
        legend->setStripLook(m_strip->stripLook());
        column->addWidget(legend);
        page.ensurePolished();
        page.resize(page.sizeHint());
        return saveWidgetPicture(&page, file);
    };
    const auto numbers = [scores](const QString& file) {
        return saveTextFile(file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)
                ? scoresToCsv(scores())
                : QString::fromStdString(scoresToJson(scores()).dump(1)),
            file);
    };
    return {{tr("Tokens, coloured"), {QStringLiteral("png"), QStringLiteral("svg")}, picture},
        {tr("Along the answer"), {QStringLiteral("png"), QStringLiteral("svg")},
            [this](const QString& file) { return saveWidgetPicture(m_curve, file); }},
        {tr("Scores of every token"), {QStringLiteral("json"), QStringLiteral("csv")}, numbers},
        {tr("Page with everything"), {QStringLiteral("html")},
            [scores](const QString& file) { return saveTextFile(scoresToHtml(scores()), file); }}};
}

} // namespace assay
