#pragma once

#include "ui/panels/review/review_keys.h"

#include <QDialog>

class QKeySequenceEdit;
class QLabel;

namespace assay {

class SegmentedSwitch;

/// The keys of the review: a profile and changes to it. A key that something else has is refused,
/// and it is said what has it.
class KeyDialog final : public QDialog {
    Q_OBJECT

public:
    /// `taken` are the window's own keys with what they do.
    KeyDialog(const ReviewKeys& keys, const QList<std::pair<QKeySequence, QString>>& taken,
        QWidget* parent = nullptr);
    const ReviewKeys& keys() const { return m_keys; }
    /// Refuses, and says why, what is taken already.
    bool change(ReviewAction action, const QKeySequence& key);
    QString problem() const;
    void chooseProfile(KeyProfile profile);

private:
    void renew();

    ReviewKeys m_keys;
    QList<std::pair<QKeySequence, QString>> m_taken;
    SegmentedSwitch* m_profile;
    std::vector<QKeySequenceEdit*> m_edits;
    std::vector<QLabel*> m_typing;
    QLabel* m_problem;
};

} // namespace assay
