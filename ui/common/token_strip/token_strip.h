#pragma once

#include "ui/common/token_strip/strip_layout.h"
#include "ui/common/token_strip/strip_look.h"

#include <QAbstractScrollArea>

namespace assay {

class StripMinimap;

/// Text as its tokens, each filled by what a model thought of it. Paints only what is visible.
/// Left, Right, Up, Down, Home and End move the selection; every token is an accessible child.
class TokenStrip final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TokenStrip(QWidget* parent = nullptr);
    ~TokenStrip() override;

    /// Selects nothing and scrolls to the start.
    void setText(StripText text);
    /// The same text with more or other numbers: selection and place stay. Scrolls along when the
    /// end was in view.
    void updateText(StripText text);
    /// Whether the template's own tokens are shown.
    void setFrameShown(bool shown);
    const StripText& text() const { return m_text; }
    const StripLayout& layoutOfTokens() const { return m_layout; }
    void setMetric(StripMetric metric);
    StripMetric metric() const { return m_metric; }
    void setStripLook(const StripLook& look);
    StripLook stripLook() const { return m_look; }

    /// Tokens [first, end) that stand in the training text word for word: underlined with dots.
    void setVerbatim(std::vector<std::pair<int, int>> ranges);
    const std::vector<std::pair<int, int>>& verbatim() const { return m_verbatim; }

    /// -1 for none.
    int selectedToken() const { return m_selected; }
    /// Also scrolls it into view; out of range selects none.
    void setSelectedToken(int token);
    /// The token's box on the viewport, empty when it is scrolled out of sight.
    QRect tokenBox(int token) const;
    int tokenAt(const QPoint& viewportPoint) const;

    QSize sizeHint() const override { return {640, 320}; }

Q_SIGNALS:
    void tokenSelected(int token);
    /// The token under the pointer, or -1.
    void tokenHovered(int token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void relayout();
    void placeMinimap();
    void hover(int token);
    void paintFill(QPainter& painter, int token) const;
    void paintRun(QPainter& painter, const QRectF& box, const QString& text,
        const std::vector<bool>& standIn, const QColor& fill, bool cut) const;
    void paintFlag(QPainter& painter, const StripFlag& flag) const;
    void paintHeading(QPainter& painter, const StripLine& line) const;
    void paintGroup(QPainter& painter, int group) const;
    void paintVerbatim(QPainter& painter, double top, double bottom) const;
    QRectF fillBox(const QRectF& rect) const;
    void select(int token, bool keepColumn);
    void announce(int token);

    /// The token with the numbers that its colour goes by.
    const StripToken& shade(int token) const {
        return m_units.empty() ? m_text.tokens[std::size_t(token)] : m_units[std::size_t(token)];
    }

    StripText m_text;
    std::vector<std::pair<int, int>> m_verbatim;
    std::vector<StripToken> m_units; ///< empty where each token stands for itself
    StripLayout m_layout;
    StripMetric m_metric = StripMetric::Surprisal;
    StripLook m_look;
    StripMinimap* m_minimap;
    int m_selected = -1;
    int m_hovered = -1;
    double m_column = 0; ///< where Up and Down aim
};

} // namespace assay
