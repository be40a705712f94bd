#pragma once

#include "core/store/task.h"

#include <QSet>
#include <QWidget>

#include <map>

class QButtonGroup;
class QGridLayout;
class QLabel;
class QPushButton;

namespace assay {

/// The questions about a sample and the answers so far, and the reasons for a rejection. Answers
/// are numbered once and for all: a digit always means the same.
class CriteriaView final : public QWidget {
    Q_OBJECT

public:
    explicit CriteriaView(QWidget* parent = nullptr);
    void setTask(const TaskDefinition& task);
    /// Answers by the criterion's name.
    void setAnswers(const std::map<std::string, int>& answers);
    const std::map<std::string, int>& answers() const { return m_answers; }

    /// The criterion that a digit answers; -1 when there is none.
    int focused() const { return m_focused; }
    void setFocused(int index);
    /// The first one without an answer, or the first.
    void focusFirstOpen();
    /// The one after the focused one, from the last to the first.
    void focusNext();
    /// Says so with `answered`; nothing when the scale has no such answer.
    void answer(int value);

    void toggleReason(int index);
    std::vector<std::string> reasons() const;
    void clearReasons();

Q_SIGNALS:
    void answered(const QString& criterion, int value);

private:
    void renewFocus();

    TaskDefinition m_task;
    std::map<std::string, int> m_answers;
    int m_focused = -1;
    QGridLayout* m_grid;
    QWidget* m_content = nullptr;
    std::vector<QLabel*> m_names;
    std::vector<QWidget*> m_scales;
    std::vector<QButtonGroup*> m_groups;
    std::vector<QPushButton*> m_reasons;
};

} // namespace assay
