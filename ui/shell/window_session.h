#pragma once

#include "ui/shell/main_window.h"

#include <memory>

namespace assay {

/// The program's window. Language and density are part of how a window is built, so changing them
/// builds it anew, on the same project and the same selection; runs and the queue are processes of
/// their own and do not notice.
class WindowSession final : public QObject {
    Q_OBJECT

public:
    /// What was given for this start only; empty leaves it to the settings.
    struct Given {
        QString engineCommand;
        QString theme;
        QString language;
    };
    WindowSession(Settings* settings, const Given& given);
    ~WindowSession() override;

    MainWindow* window() const { return m_window.get(); }
    /// As when the preferences were changed.
    void rebuild();

Q_SIGNALS:
    void rebuilt();

private:
    void build();

    Settings* m_settings;
    Given m_given;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace assay
