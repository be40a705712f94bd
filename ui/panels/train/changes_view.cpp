#include "ui/panels/train/changes_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/panels/train/train_draft.h"

#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace assay {

ChangesView::ChangesView(TrainDraft* draft, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft) {
    m_table = new QTableWidget(0, 3);
    m_table->setHorizontalHeaderLabels({tr("parameter"), tr("last run"), tr("now")});
    m_table->setAccessibleName(tr("What changed since the last run"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(28));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_title = makeLabel(QString(), "secondary");
    m_title->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    m_stack = new StateStack(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(m_draft, &TrainDraft::changed, this, &ChangesView::show);
    show();
}

void ChangesView::setEarlier(const QString& name, const Json& spec) {
    if (name == m_name && spec == m_earlier)
        return;
    m_name = name;
    m_earlier = spec;
    show();
}

int ChangesView::count() const {
    return m_table->rowCount();
}

void ChangesView::show() {
    m_table->setRowCount(0);
    if (m_name.isEmpty()) {
        m_stack->page()->showEmpty(
            tr("No run to compare with"), tr("The differences to the newest run stand here."));
        return m_stack->showPage();
    }
    const auto differences = specDifferences(m_earlier, m_draft->json());
    if (differences.empty()) {
        m_stack->page()->showEmpty(
            tr("Nothing changed"), tr("This run would repeat %1 value for value.").arg(m_name));
        return m_stack->showPage();
    }
    m_title->setText(
        tr("%n value(s) differ from %1", nullptr, int(differences.size())).arg(m_name));
    m_table->setRowCount(int(differences.size()));
    int row = 0;
    for (const SpecDifference& difference : differences) {
        const QString key = QString::fromStdString(difference.key);
        const QString texts[] = {TrainDraft::labelOf(key), TrainDraft::valueText(difference.before),
            TrainDraft::valueText(difference.after)};
        for (int i = 0; i < 3; ++i) {
            auto* item = new QTableWidgetItem(texts[i].isEmpty() ? tr("(empty)") : texts[i]);
            item->setToolTip(i == 0 ? key : texts[i]);
            if (i > 0)
                item->setFont(smallMonoFont());
            m_table->setItem(row, i, item);
        }
        ++row;
    }
    m_stack->showContent();
}

} // namespace assay
