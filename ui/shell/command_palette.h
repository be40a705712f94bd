#pragma once

#include <QFrame>
#include <QPersistentModelIndex>

#include <functional>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace assay {

/// Something that can be done or gone to.
struct PaletteEntry {
    QString title;
    QString kind; ///< in grey: "panel", "command", "sample"
    QString keys; ///< shortcut as printed, or empty
    bool enabled = true;
    std::function<void()> run;
};

/// How well `text` answers `typed`, higher is better; negative: not at all. All letters of what was
/// typed must occur in order; beginnings of words and unbroken stretches count more. Case is
/// ignored. An empty `typed` fits everything with 0.
int paletteScore(const QString& typed, const QString& text);

/// A line to type in and what fits it, over the window: panels, commands of the panels in sight,
/// recent projects, and samples of the open project by full text.
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    using Search
        = std::function<void(const QString& text, std::function<void(QList<PaletteEntry>)> found)>;

    explicit CommandPalette(QWidget* window);
    /// Opens with these entries, in their order while nothing is typed. `search` is asked for more
    /// a moment after the typing stops.
    void open(QList<PaletteEntry> entries, Search search);
    QLineEdit* line() const { return m_line; }
    int count() const;
    QString titleAt(int row) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void showMatches();
    void append(const PaletteEntry& entry);
    void choose(int row);
    void move(int by);

    QWidget* m_window;
    QLineEdit* m_line;
    QListView* m_list;
    QStandardItemModel* m_model;
    QList<PaletteEntry> m_entries;
    QList<PaletteEntry> m_found; ///< by the search, for what is typed now
    QList<PaletteEntry> m_shown;
    Search m_search;
    int m_searches = 0;
};

} // namespace assay
