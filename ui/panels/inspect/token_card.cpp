#include "ui/panels/inspect/token_card.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/common/theme.h"
#include "ui/panels/inspect/alternatives_delegate.h"
#include "ui/panels/inspect/alternatives_model.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {

TokenCard::TokenCard(QWidget* parent)
    : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Token"), this);
    outer->addWidget(m_card);
    m_piece = makeNumber(QString());
    m_model = makeLabel(QString(), "secondary");
    m_card->addChip(m_piece);
    m_card->addControl(m_model);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFigures());
    column->addWidget(makeRule(Qt::Horizontal));
    m_table = makeTable();
    column->addWidget(m_table, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    m_preview = makeLabel(QString(), "note");
    m_preview->setWordWrap(true);
    m_preview->setContentsMargins(scaled(12), scaled(8), scaled(12), 0);
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->hide();
    column->addWidget(m_preview);
    m_note = makeLabel(QString(), "note");
    m_note->setWordWrap(true);
    m_note->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    column->addWidget(m_note);
    m_stack = new StateStack(content);
    m_card->setBody(m_stack);
    showNothing();
}

QWidget* TokenCard::makeFigures() {
    const QString names[4] = {tr("probability"), tr("rank"), tr("entropy"), tr("margin")};
    const QString help[4] = {
        tr("How probable the model held this token, given everything before it"),
        tr("1 + the number of tokens that the model held more probable"),
        tr("How undecided the model was here, in nats: 0 is certain"),
        tr("How far the token's logit lies above the best other, in nats; below 0 another token "
           "was preferred")};
    auto* figures = new QWidget;
    auto* row = new QHBoxLayout(figures);
    row->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    row->setSpacing(scaled(8));
    for (int i = 0; i < 4; ++i) {
        auto* pair = new QVBoxLayout;
        pair->setSpacing(scaled(2));
        QLabel* name = makeLabel(names[i], "secondary");
        m_names[i] = name;
        m_figures[i] = makeNumber(QString());
        m_figures[i]->setAccessibleName(names[i]);
        name->setToolTip(help[i]);
        m_figures[i]->setToolTip(help[i]);
        pair->addWidget(name);
        pair->addWidget(m_figures[i]);
        row->addLayout(pair, 1);
    }
    return figures;
}

QTableView* TokenCard::makeTable() {
    m_alternatives = new AlternativesModel(this);
    auto* table = new QTableView;
    table->setModel(m_alternatives);
    table->setItemDelegate(new AlternativesDelegate(table));
    table->setAccessibleName(tr("Alternatives of the token"));
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(scaled(28));
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = table->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(28));
    const QFontMetrics mono(smallMonoFont());
    const int padding = scaled(16);
    header->setMinimumSectionSize(scaled(24));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(AlternativesModel::Token, QHeaderView::Stretch);
    header->resizeSection(
        AlternativesModel::Rank, mono.horizontalAdvance(QStringLiteral("0000")) + padding);
    header->resizeSection(AlternativesModel::Bar, scaled(70));
    header->resizeSection(
        AlternativesModel::Probability, mono.horizontalAdvance(QStringLiteral("0.000")) + padding);
    header->resizeSection(AlternativesModel::LogProbability,
        mono.horizontalAdvance(QStringLiteral("-00.00")) + padding);
    table->setColumnHidden(AlternativesModel::Other, true);
    table->installEventFilter(this);
    connect(table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (QGuiApplication::keyboardModifiers() & Qt::ShiftModifier)
            Q_EMIT alternativePreviewed(index.row());
        else
            Q_EMIT alternativeTaken(index.row());
    });
    return table;
}

/// The words come first: where the card is narrow the bar shrinks, then the other model's column
/// goes (its numbers stand in the card below).
void TokenCard::fitColumns() {
    QHeaderView* header = m_table->horizontalHeader();
    const int least = scaled(84);
    int room = m_table->viewport()->width() - least;
    for (const auto column : {AlternativesModel::Rank, AlternativesModel::Probability,
             AlternativesModel::LogProbability})
        room -= header->sectionSize(column);
    const int otherWidth
        = std::max(QFontMetrics(secondaryFont()).horizontalAdvance(tr("tuned p")),
              QFontMetrics(smallMonoFont()).horizontalAdvance(QStringLiteral("0.000")))
        + scaled(16);
    const int smallestBar = scaled(26);
    const bool shown = m_alternatives->hasOther() && room >= otherWidth + smallestBar;
    m_table->setColumnHidden(AlternativesModel::Other, !shown);
    if (shown) {
        header->resizeSection(AlternativesModel::Other, otherWidth);
        room -= otherWidth;
    }
    header->resizeSection(AlternativesModel::Bar, std::clamp(room, smallestBar, scaled(84)));
}

bool TokenCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &TokenCard::fitColumns, Qt::QueuedConnection);
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_table->currentIndex().row();
        if (row >= 0 && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            if (key->modifiers() & Qt::ShiftModifier)
                Q_EMIT alternativePreviewed(row);
            else
                Q_EMIT alternativeTaken(row);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QString TokenCard::preview() const {
    return m_preview->isHidden() ? QString() : m_preview->text();
}

void TokenCard::showPreview(const QString& after, const QString& text) {
    m_preview->setVisible(!after.isEmpty());
    m_preview->setText(
        tr("%1 → %2", "an alternative and what follows it").arg(after, text.simplified()));
}

void TokenCard::showNothing() {
    m_card->setTitle(tr("Token"));
    m_piece->clear();
    m_model->clear();
    m_alternatives->clear();
    m_stack->page()->showEmpty(tr("No token chosen"),
        tr("Click a token, or walk with the arrow keys: its probability and what else could have "
           "stood there appear "
           "here."));
    m_stack->showPage();
}

void TokenCard::showToken(const StripToken& token, int index, const ModelChoice& model,
    const std::optional<OtherView>& other) {
    showPreview(QString(), QString());
    m_card->setTitle(tr("Token %1").arg(index + 1));
    m_piece->setText(
        QFontMetrics(m_piece->font()).elidedText(quotedPiece(token), Qt::ElideRight, scaled(110)));
    m_model->setText(
        QFontMetrics(m_model->font()).elidedText(model.name, Qt::ElideMiddle, scaled(110)));
    m_model->setAccessibleName(model.name);
    m_model->setToolTip(model.folder);
    QPalette palette = m_model->palette();
    palette.setColor(QPalette::WindowText,
        model.role == ModelRole::Base ? tokens().baseModel : tokens().tunedModel);
    m_model->setPalette(palette);
    m_model->setStyleSheet(
        QStringLiteral("color: %1;").arg(palette.color(QPalette::WindowText).name()));
    if (!token.scored) {
        m_alternatives->clear();
        if (token.cut)
            m_stack->page()->showEmpty(
                tr("The model did not read this token"), tr("It lies beyond the model's context."));
        else if (index > 0)
            m_stack->page()->showEmpty(tr("No score yet"), tr("It is being scored."));
        else
            m_stack->page()->showEmpty(tr("The first token has no score"),
                tr("Nothing stands before it from which it could be predicted."));
        m_stack->showPage();
        return;
    }
    const QLocale locale;
    const double probability = std::exp(token.logprob);
    m_figures[0]->setText(probability >= 0.0005 || probability == 0
            ? locale.toString(probability, 'f', 3)
            : locale.toString(probability, 'e', 1));
    m_figures[1]->setText(locale.toString(token.rank));
    m_figures[2]->setText(locale.toString(token.entropy, 'f', 2));
    // With two models the other's rank says more than the margin, which the help still tells.
    m_names[3]->setText(!other ? tr("margin") : other->base ? tr("base rank") : tr("tuned rank"));
    m_figures[3]->setText(
        other ? locale.toString(other->rank) : locale.toString(token.margin, 'f', 2));
    m_figures[3]->setAccessibleName(m_names[3]->text());
    m_figures[3]->setToolTip(other
            ? tr("The token's place in the order of %1").arg(other->name)
            : tr("How far the token's logit lies above the best other; below 0 another token was "
                 "preferred"));
    m_names[3]->setToolTip(m_figures[3]->toolTip());
    m_alternatives->show(token);
    m_alternatives->showOther(!other ? QString()
            : other->base            ? tr("base p")
                                     : tr("tuned p"),
        other ? other->top : std::vector<std::pair<int, double>>());
    fitColumns();
    m_note->setText(m_alternatives->topCount() > 0
            ? tr("The %n most probable token(s) hold %1 of the mass. Click one to branch, "
                 "Shift-click to preview; the token of the text is marked.",
                nullptr, m_alternatives->topCount())
                  .arg(percentText(m_alternatives->topMass()))
            : QString());
    m_note->setVisible(!m_note->text().isEmpty());
    m_stack->showContent();
    const std::vector<int> unnamed = m_alternatives->unnamed();
    if (!unnamed.empty())
        Q_EMIT piecesWanted(unnamed);
}

void TokenCard::setPieces(const std::vector<int>& ids, const std::vector<std::string>& pieces) {
    m_alternatives->setPieces(ids, pieces);
}

} // namespace assay
