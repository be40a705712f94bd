#include "ui/shell/command_palette.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {

namespace {

constexpr int searchAfterMs = 150;
constexpr int shownRows = 12;
enum Role { KindRole = Qt::UserRole, KeysRole };

class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {0, scaled(30)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override {
        const DesignTokens& t = tokens();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        QRect area = option.rect.adjusted(scaled(4), 0, -scaled(4), 0);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.accentGround);
            painter->drawRoundedRect(area, 4, 4);
        }
        area.adjust(scaled(8), 0, -scaled(8), 0);
        const auto right = [&](const QString& text, const QFont& font) {
            if (text.isEmpty())
                return;
            painter->setFont(font);
            painter->setPen(t.secondary);
            const int width = QFontMetrics(font).horizontalAdvance(text);
            painter->drawText(area, Qt::AlignVCenter | Qt::AlignRight, text);
            area.setRight(area.right() - width - scaled(12));
        };
        right(index.data(KindRole).toString(), secondaryFont());
        right(index.data(KeysRole).toString(), smallMonoFont());
        painter->setFont(textFont());
        painter->setPen(enabled ? t.text : t.secondary);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
            QFontMetrics(textFont())
                .elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    }
};

} // namespace

int paletteScore(const QString& typed, const QString& text) {
    int score = 0;
    int at = 0;
    int stretch = 0;
    for (const QChar letter : typed) {
        if (letter.isSpace()) {
            stretch = 0;
            continue;
        }
        const int found = int(text.indexOf(letter, at, Qt::CaseInsensitive));
        if (found < 0)
            return -1;
        stretch = found == at ? stretch + 1 : 1;
        const bool begins = found == 0 || !text[found - 1].isLetterOrNumber();
        score += stretch * 2 + (begins ? 6 : 0);
        at = found + 1;
    }
    return score;
}

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window)
    , m_window(window)
    , m_line(new QLineEdit)
    , m_list(new QListView)
    , m_model(new QStandardItemModel(this)) {
    setLook(this, "card");
    setAccessibleName(tr("Search samples, panels and commands"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(8), scaled(8), scaled(8), scaled(8));
    column->setSpacing(scaled(6));
    m_line->setPlaceholderText(tr("Search samples, panels and commands"));
    m_line->setAccessibleName(accessibleName());
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    column->addWidget(m_line);
    column->addWidget(m_list);
    m_line->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& at) { choose(at.row()); });
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found.clear();
        showMatches();
        const int number = ++m_searches;
        if (!m_search || text.trimmed().size() < 2)
            return;
        QTimer::singleShot(searchAfterMs, this, [this, number, text] {
            if (number != m_searches || !isVisible())
                return;
            m_search(text.trimmed(),
                [self = QPointer<CommandPalette>(this), number](QList<PaletteEntry> found) {
                    if (!self || number != self->m_searches)
                        return;
                    self->m_found = std::move(found);
                    self->showMatches();
                });
        });
    });
    hide();
}

int CommandPalette::count() const {
    return int(m_shown.size());
}

QString CommandPalette::titleAt(int row) const {
    return m_shown.value(row).title;
}

void CommandPalette::open(QList<PaletteEntry> entries, Search search) {
    m_entries = std::move(entries);
    m_search = std::move(search);
    m_found.clear();
    m_line->clear();
    showMatches();
    place();
    show();
    raise();
    m_line->setFocus();
}

void CommandPalette::place() {
    const int width = std::min(scaled(560), m_window->width() - scaled(40));
    const int rows = std::min(shownRows, std::max(1, int(m_shown.size())));
    resize(width, m_line->sizeHint().height() + rows * scaled(30) + scaled(24));
    QFrame::move((m_window->width() - width) / 2, scaled(6));
}

void CommandPalette::append(const PaletteEntry& entry) {
    auto* item = new QStandardItem(entry.title);
    item->setData(entry.kind, KindRole);
    item->setData(entry.keys, KeysRole);
    item->setData(entry.keys.isEmpty()
            ? QStringLiteral("%1, %2").arg(entry.title, entry.kind)
            : QStringLiteral("%1, %2, %3").arg(entry.title, entry.kind, entry.keys),
        Qt::AccessibleTextRole);
    item->setEnabled(entry.enabled);
    m_model->appendRow(item);
    m_shown.append(entry);
}

void CommandPalette::showMatches() {
    const QString typed = m_line->text();
    QList<std::pair<int, int>> ranked;
    for (int i = 0; i < m_entries.size(); ++i)
        if (const int score = paletteScore(typed, m_entries[i].title); score >= 0)
            ranked.append({score, i});
    std::stable_sort(ranked.begin(), ranked.end(),
        [](const auto& a, const auto& b) { return a.first > b.first; });
    m_model->clear();
    m_shown.clear();
    for (const auto& [score, i] : ranked)
        append(m_entries[i]);
    for (const PaletteEntry& entry : std::as_const(m_found))
        append(entry);
    if (!m_shown.isEmpty())
        m_list->setCurrentIndex(m_model->index(0, 0));
    place();
}

void CommandPalette::choose(int row) {
    if (row < 0 || row >= m_shown.size() || !m_shown[row].enabled)
        return;
    const auto run = m_shown[row].run;
    hide();
    run();
}

void CommandPalette::move(int by) {
    if (m_shown.isEmpty())
        return;
    const int count = int(m_shown.size());
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(row, 0));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_line)
        return false;
    if (event->type() == QEvent::FocusOut) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        hide();
        m_window->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex().row());
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(shownRows);
        return true;
    case Qt::Key_PageUp:
        move(-shownRows);
        return true;
    default:
        return false;
    }
}

} // namespace assay
