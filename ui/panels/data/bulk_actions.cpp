#include "ui/panels/data/bulk_actions.h"

#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/panels/data/filter_parts.h"
#include "ui/service/project_access.h"

#include <QInputDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace assay {

BulkActions::BulkActions(const Services& services, DataAccess* access, QWidget* window)
    : QObject(window)
    , m_services(services)
    , m_access(access)
    , m_window(window) {
    connect(&m_task, &BackgroundWork::progressed, this, &BulkActions::progressed);
}

void BulkActions::forget() {
    m_done.clear();
    m_undone.clear();
    Q_EMIT stateChanged();
}

void BulkActions::ask(EventKind kind, const BulkTarget& target, qint64 count) {
    const QString number = QLocale().toString(count);
    Decision decision;
    decision.kind = kind;
    if (kind == EventKind::Accept)
        confirm(tr("Accept %1 samples?").arg(number), tr("Accept %1").arg(number), decision, target,
            tr("%1 samples accepted in bulk").arg(number));
    else
        confirm(tr("Reject %1 samples?").arg(number), tr("Reject %1").arg(number), decision, target,
            tr("%1 samples rejected in bulk").arg(number));
}

void BulkActions::askForTag(bool add, const BulkTarget& target, qint64 count) {
    const QString number = QLocale().toString(count);
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(add ? tr("Add a tag") : tr("Remove a tag"));
    dialog->setLabelText(add ? tr("Tag to add to %1 samples").arg(number)
                             : tr("Tag to remove from %1 samples").arg(number));
    dialog->setComboBoxEditable(add);
    dialog->setComboBoxItems(m_tags);
    dialog->setOkButtonText(tr("Continue"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, add, target, number](const QString& text) {
            const QString name = text.trimmed();
            if (name.isEmpty())
                return;
            Decision decision;
            decision.kind = EventKind::Tag;
            decision.value = Json{{add ? "add" : "remove", Json::array({name.toStdString()})}};
            if (add)
                confirm(tr("Tag %1 samples “%2”?").arg(number, name), tr("Tag %1").arg(number),
                    decision, target, tr("%1 samples tagged “%2”").arg(number, name));
            else
                confirm(tr("Remove the tag “%2” from %1 samples?").arg(number, name),
                    tr("Remove from %1").arg(number), decision, target,
                    tr("Tag “%2” removed from %1 samples").arg(number, name));
        });
    dialog->open();
}

void BulkActions::askForChannel(const BulkTarget& target, qint64 count) {
    const QString number = QLocale().toString(count);
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Set the channel"));
    dialog->setLabelText(tr("Channel of %1 samples").arg(number));
    dialog->setComboBoxEditable(true);
    dialog->setComboBoxItems(m_channels);
    dialog->setOkButtonText(tr("Continue"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, target, number](const QString& text) {
            const QString name = text.trimmed();
            if (name.isEmpty())
                return;
            Decision decision;
            decision.kind = EventKind::Channel;
            decision.value = Json{{"channel", name.toStdString()}};
            confirm(tr("Put %1 samples into the channel “%2”?").arg(number, name),
                tr("Set %1").arg(number), decision, target,
                tr("%1 samples put into the channel “%2”").arg(number, name));
        });
    dialog->open();
}

void BulkActions::confirm(const QString& question, const QString& verb, Decision decision,
    const BulkTarget& target, const QString& what) {
    auto* box = new QMessageBox(m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("bulkQuestion"));
    box->setIcon(QMessageBox::Question);
    box->setText(question);
    const QString filter = filterWords(target.filter);
    QString about;
    if (!target.samples.empty())
        about = tr("The selected rows.");
    else
        about = filter.isEmpty() ? tr("All samples of the project.")
                                 : tr("All samples of this filter: %1.").arg(filter);
    box->setInformativeText(about + QLatin1Char(' ')
        + tr("Recorded as one decision in bulk: it does not count as looked at, and Ctrl+Z takes "
             "all of it back."));
    QPushButton* go = box->addButton(verb, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(box, &QMessageBox::buttonClicked, this,
        [this, box, go, decision, target, what](QAbstractButton* button) {
            if (button == go)
                record(decision, target, what);
            box->close();
        });
    box->open();
}

void BulkActions::record(const Decision& given, const BulkTarget& target, const QString& what) {
    if (isRunning())
        return;
    Decision decision = given;
    decision.author = m_services.settings->author().toStdString();
    m_task.start<Event>(
        m_services.selection->project(),
        [decision, target](
            Project& project, const ProgressFunction& progress, const StopToken& stop) {
            return recordInBulk(project, target, decision, progress, stop);
        },
        [this, what](Result<Event> event) {
            if (!event) {
                Q_EMIT stateChanged();
                if (event.error().code == "cancelled")
                    return Q_EMIT told(tr("Cancelled: nothing was changed"));
                return Q_EMIT failed(event.error());
            }
            m_done.append({QString::fromStdString(event->uid), what});
            m_undone.clear();
            Q_EMIT stateChanged();
            m_services.project->noteChange();
            Q_EMIT told(what);
        });
    Q_EMIT stateChanged();
}

void BulkActions::undo() {
    takeBack(m_done, m_undone, true);
}
void BulkActions::redo() {
    takeBack(m_undone, m_done, false);
}

/// Undoing the undo of an event brings it back, so both directions are the same call.
void BulkActions::takeBack(QList<Done>& from, QList<Done>& to, bool undo) {
    if (from.isEmpty() || isRunning())
        return;
    const Done last = from.takeLast();
    const std::string event = last.event.toStdString();
    const std::string author = m_services.settings->author().toStdString();
    m_task.start<Event>(
        m_services.selection->project(),
        [event, author](Project& project, const ProgressFunction& progress, const StopToken& stop) {
            return project.decisions().undo(event, author, 0, progress, stop);
        },
        [this, last, undo, from = &from, to = &to](Result<Event> taken) {
            if (!taken) {
                if (taken.error().code == "cancelled") {
                    from->append(last); // it can still be asked for
                    Q_EMIT stateChanged();
                    return Q_EMIT told(tr("Cancelled: nothing was changed"));
                }
                Q_EMIT stateChanged();
                return Q_EMIT failed(taken.error());
            }
            to->append({QString::fromStdString(taken->uid), last.what});
            Q_EMIT stateChanged();
            m_services.project->noteChange();
            Q_EMIT told(undo ? tr("Undone: %1").arg(last.what) : tr("Again: %1").arg(last.what));
        });
    Q_EMIT stateChanged();
}

} // namespace assay
