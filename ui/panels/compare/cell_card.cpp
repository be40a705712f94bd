#include "ui/panels/compare/cell_card.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/state_page.h"
#include "ui/common/theme.h"
#include "ui/panels/compare/pair_alternatives.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

#include <cmath>

namespace assay {

CellCard::CellCard(QWidget* parent)
    : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Token"));
    outer->addWidget(m_card);
    m_piece = makeNumber(QString());
    m_card->addControl(m_piece);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* figures = new QWidget;
    auto* grid = new QGridLayout(figures);
    grid->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(8));
    grid->setHorizontalSpacing(scaled(12));
    grid->setVerticalSpacing(scaled(4));
    buildFigures(grid);
    column->addWidget(figures);
    m_between = makeLabel(QString(), "secondary");
    m_between->setWordWrap(true);
    m_between->setContentsMargins(scaled(12), 0, scaled(12), scaled(8));
    column->addWidget(m_between);
    column->addWidget(makeRule(Qt::Horizontal));

    m_alternatives = new PairAlternatives(this);
    auto* table = new QTableView;
    table->setModel(m_alternatives);
    table->setItemDelegate(new PairAlternativesDelegate(table));
    table->setAccessibleName(tr("What both models would rather have said"));
    table->setShowGrid(false);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(scaled(28));
    QHeaderView* header = table->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(28));
    header->setMinimumSectionSize(scaled(20));
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(PairAlternatives::BaseToken, QHeaderView::Stretch);
    header->setSectionResizeMode(PairAlternatives::TunedToken, QHeaderView::Stretch);
    const QFontMetrics mono(smallMonoFont());
    const int share = mono.horizontalAdvance(QStringLiteral("< 0.01 %")) + scaled(10);
    header->resizeSection(
        PairAlternatives::Rank, mono.horizontalAdvance(QStringLiteral("00")) + scaled(12));
    header->resizeSection(PairAlternatives::BaseShare, share);
    header->resizeSection(PairAlternatives::TunedShare, share);
    column->addWidget(table, 1);

    m_continue = makeButton(tr("Continue from here"));
    m_continue->setToolTip(tr("Both models go on by themselves from before this token"));
    auto* foot = new QWidget;
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    line->addWidget(m_continue);
    line->addWidget(makeKeyCap(tr("Enter")));
    line->addStretch(1);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(foot);
    connect(m_continue, &QPushButton::clicked, this, [this] { Q_EMIT continueWanted(m_cell); });

    m_stack = new StateStack(content);
    m_card->setBody(m_stack);
    showNothing();
}

void CellCard::buildFigures(QGridLayout* grid) {
    const QString columns[] = {tr("probability"), tr("rank"), tr("surprisal")};
    for (int i = 0; i < 3; ++i)
        grid->addWidget(makeLabel(columns[i], "secondary"), 0, i + 1);
    for (int side = 0; side < 2; ++side) {
        QLabel* name = makeLabel(side == 0 ? tr("base") : tr("tuned"));
        m_names[side] = name;
        grid->addWidget(name, side + 1, 0);
        for (int i = 0; i < 3; ++i) {
            m_figures[side][i] = makeNumber(QString());
            m_figures[side][i]->setAccessibleName(name->text() + QLatin1Char(' ') + columns[i]);
            grid->addWidget(m_figures[side][i], side + 1, i + 1);
        }
    }
    grid->setColumnStretch(3, 1);
}

void CellCard::showNothing() {
    m_cell = -1;
    m_card->setTitle(tr("Token"));
    m_piece->clear();
    m_alternatives->clear();
    m_stack->page()->showEmpty(tr("No token chosen"),
        tr("Rest on a token, click it, or walk with the arrow keys: what both models thought of it "
           "appears here, side by side."));
    m_stack->showPage();
}

void CellCard::showCell(const LanesText& text, int index) {
    if (index < 0 || index >= int(text.cells.size()))
        return showNothing();
    m_cell = index;
    const LaneCell& cell = text.cells[std::size_t(index)];
    m_card->setTitle(tr("Token %1").arg(index + 1));
    m_piece->setText(quotedCell(text, index).left(24));
    if (!cell.scored) {
        m_alternatives->clear();
        m_stack->page()->showEmpty(tr("The first token has no score"),
            tr("Nothing stands before it from which it could be predicted."));
        m_stack->showPage();
        return;
    }
    const QLocale locale;
    const auto fill = [&](int side, double logprob, int rank) {
        m_figures[side][0]->setText(percentText(std::exp(logprob)));
        m_figures[side][1]->setText(locale.toString(rank));
        m_figures[side][2]->setText(natsText(-logprob));
    };
    m_names[0]->setStyleSheet(QStringLiteral("color: %1;").arg(tokens().baseModel.name()));
    m_names[1]->setStyleSheet(QStringLiteral("color: %1;").arg(tokens().tunedModel.name()));
    fill(0, cell.baseLogprob, cell.baseRank);
    fill(1, cell.tunedLogprob, cell.tunedRank);
    const QString delta
        = (cell.delta() >= 0 ? QStringLiteral("+") : QString()) + natsText(cell.delta());
    const QString band = cell.baseRank <= 1 ? tr("unshifted (base rank 1)")
        : cell.baseRank <= 3                ? tr("marginal (base rank 2–3)")
                                            : tr("shifted (base rank > 3)");
    QStringList parts;
    parts.append(tr("Δ %1 nats").arg(delta));
    if (text.shared)
        parts.append(
            tr("JS %1 · KL tuned‖base %2 · KL base‖tuned %3")
                .arg(natsText(cell.js), natsText(cell.klTunedBase), natsText(cell.klBaseTuned)));
    else
        parts.append(tr("sums over %1 and %2 tokens: the tokenizers differ, so there is no KL")
                         .arg(cell.baseEnd - cell.baseBegin)
                         .arg(cell.tunedEnd - cell.tunedBegin));
    parts.append(band);
    if (cell.otherChoice)
        parts.append(tr("the first choices differ"));
    m_between->setText(parts.join(QStringLiteral(" · ")));
    const auto tokenAt = [](const std::vector<StripToken>& strip, int begin, int end) {
        return begin < end ? &strip[std::size_t(begin)] : nullptr;
    };
    m_alternatives->show(tokenAt(text.base, cell.baseBegin, cell.baseEnd),
        tokenAt(text.tuned, cell.tunedBegin, cell.tunedEnd));
    m_stack->showContent();
    for (const bool tuned : {false, true})
        if (const std::vector<int> ids = m_alternatives->unnamed(tuned); !ids.empty())
            Q_EMIT piecesWanted(tuned, ids);
}

void CellCard::setPieces(
    bool tuned, const std::vector<int>& ids, const std::vector<std::string>& pieces) {
    m_alternatives->setPieces(tuned, ids, pieces);
}

} // namespace assay
