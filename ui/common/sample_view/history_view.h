#pragma once

#include "ui/service/review_access.h"

#include <QWidget>

namespace assay {

/// What was decided about a sample: when, by whom, what, with the difference of each edit.
class HistoryView final : public QWidget {
    Q_OBJECT

public:
    HistoryView(qint64 sample, ReviewAccess* access, QWidget* parent = nullptr);
    bool isLoaded() const { return m_loaded; }
    int entries() const { return m_entries; }

private:
    void show(const std::vector<HistoryEntry>& entries);
    bool m_loaded = false;
    int m_entries = 0;
};

/// "accepted", "rated correct 4", "edited", ..: what a decision did, in words.
QString decisionWords(const Event& event);
/// The texts that an edit changed, one after the other, as a diff in rich text.
QString sampleDiffHtml(const Sample& before, const Sample& after);

} // namespace assay
