#include "ui/panels/inspect/why_card.h"

#include "core/analysis/suspects.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/inspect/branch_tree.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

QString bold(const QString& text) {
    return QStringLiteral("<b>%1</b>").arg(text.toHtmlEscaped());
}

QString number(double value, int decimals = 2) {
    // Never "-0.0".
    const double step = std::pow(10.0, decimals);
    return QLocale().toString(std::round(value * step) / step + 0.0, 'f', decimals);
}

QString rule(const QString& text) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>")
        .arg(tokens().secondary.name(), text.toHtmlEscaped());
}

} // namespace

WhyCard::WhyCard(QWidget* parent)
    : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Why"), this);
    outer->addWidget(m_card);
    m_chip = new Chip;
    m_card->addControl(m_chip);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    column->setSpacing(scaled(8));
    m_text = makeLabel(QString());
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAccessibleName(tr("Why"));
    column->addWidget(m_text);
    m_compare = makeButton(tr("See it in Compare"));
    connect(m_compare, &QPushButton::clicked, this, &WhyCard::compareWanted);
    column->addWidget(m_compare, 0, Qt::AlignLeft);
    column->addStretch(1);
    m_card->setBody(body);
    showNothing();
}

void WhyCard::showNothing() {
    m_chip->set(QString(), Tone::Plain);
    m_text->setText(tr("Choose a token: which rule marks it, and what the other model would have "
                       "said there, stands here."));
    m_compare->hide();
}

QString WhyCard::plainText() const {
    return QTextDocumentFragment::fromHtml(m_text->text()).toPlainText();
}

void WhyCard::showToken(int index, const Facts& facts) {
    const auto& scored = facts.record->tokens[std::size_t(index)];
    if (!scored.scored)
        return showNothing();
    QStringList parts;
    QString chip;
    Tone tone = Tone::Plain;
    const auto name = [&](int id) {
        const QString piece = facts.pieceOf(id);
        return piece.isEmpty() ? QStringLiteral("#%1").arg(id) : piece;
    };
    const QString own = name(scored.id);
    const Findings& found = *facts.findings;

    if (index == found.onset) {
        chip = tr("onset");
        tone = Tone::Wrong;
        QString text
            = tr("Here %1.").arg(bold(found.onsetText.section(QStringLiteral(" · "), 0, 0)));
        if (!found.departures.empty() && !scored.top.empty())
            text = tr("The reference says %1 (p %2, rank %3); left to itself %4 says %5 (p %6).")
                       .arg(bold(own), number(std::exp(scored.logprob)),
                           QLocale().toString(scored.rank), facts.name.toHtmlEscaped(),
                           bold(name(scored.top[0].first)), number(std::exp(scored.top[0].second)));
        parts.append(text + QStringLiteral("<br>")
            + rule(found.onsetText.section(QStringLiteral(" · "), 1)));
        if (found.departures.size() > 1)
            parts.append(tr("Forced along the reference, it would leave it at %n place(s) in all.",
                nullptr, int(found.departures.size())));
    } else if (std::ranges::binary_search(found.departures, index) && !scored.top.empty()) {
        chip = tr("departure");
        tone = Tone::Wrong;
        parts.append(
            tr("Left to itself the model says %1 here (p %2).")
                .arg(bold(name(scored.top[0].first)), number(std::exp(scored.top[0].second)))
            + QStringLiteral("<br>") + rule(tr("R1, a later departure from the reference")));
    } else if (std::ranges::binary_search(found.suspects, index)) {
        chip = tr("suspect");
        tone = Tone::Caution;
    }

    const double width = std::sqrt(std::max(0.0, scored.varentropy));
    if (scored.varentropy > 1e-12) {
        const double z = (-scored.logprob - scored.entropy) / width;
        parts.append(tr("Surprisal %1 nats, where %2 ± %3 was to be expected: z = %4.")
                         .arg(bold(number(-scored.logprob)), number(scored.entropy), number(width),
                             bold(number(z, 1)))
            + (chip == tr("suspect") ? QString(QStringLiteral("<br>")
                   + rule(tr("R5, a local peak of z or of entropy; not an error by itself")))
                                     : QString()));
    }
    if (facts.other && facts.other->tokens[std::size_t(index)].scored) {
        const auto& theirs = facts.other->tokens[std::size_t(index)];
        if (!theirs.top.empty() && !scored.top.empty()) {
            const int mine = scored.top[0].first;
            const int other = theirs.top[0].first;
            if (mine == other) {
                parts.append(tr("Both models put %1 first: p %2 here, %3 under %4.")
                                 .arg(bold(name(mine)), number(std::exp(scored.top[0].second)),
                                     number(std::exp(theirs.top[0].second)),
                                     facts.otherName.toHtmlEscaped()));
            } else {
                parts.append(
                    tr("%1 would say %2 (p %3), %4 says %5 (p %6).")
                        .arg(facts.otherName.toHtmlEscaped(), bold(name(other)),
                            number(std::exp(theirs.top[0].second)), facts.name.toHtmlEscaped(),
                            bold(name(mine)), number(std::exp(scored.top[0].second))));
                if (chip.isEmpty()) {
                    chip = tr("models differ");
                    tone = Tone::Wrong;
                }
            }
        }
        const double delta = (scored.logprob - theirs.logprob) * (facts.otherIsBase ? 1 : -1);
        parts.append(
            tr("Fine-tuning moved %1 by %2 nats; rank %3 under base, %4 under tuned.")
                .arg(bold(own), bold((delta > 0 ? QStringLiteral("+") : QString()) + number(delta)),
                    QLocale().toString(facts.otherIsBase ? theirs.rank : scored.rank),
                    QLocale().toString(facts.otherIsBase ? scored.rank : theirs.rank)));
    }
    m_chip->set(chip, tone);
    m_text->setText(parts.join(QStringLiteral("<p style=\"margin:6px 0 0 0\">")));
    m_compare->setVisible(facts.other != nullptr);
}

} // namespace assay
