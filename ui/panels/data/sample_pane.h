#pragma once

#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/project_access.h"

#include <QWidget>

namespace assay {

class Card;
class Chip;
class SampleView;
class StateStack;

/// The selection's sample beside the table.
class SamplePane final : public QWidget {
    Q_OBJECT

public:
    explicit SamplePane(const Services& services, QWidget* parent = nullptr);
    bool isSettled() const;
    SampleView* view() const { return m_view; }

Q_SIGNALS:
    void reviewWanted();
    void inspectWanted();

private:
    void follow();
    void show(const StoredSample& sample);

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    Card* m_card;
    Chip* m_channel;
    Chip* m_state;
    SampleView* m_view;
    StateStack* m_stack;
    bool m_loading = false;
};

} // namespace assay
