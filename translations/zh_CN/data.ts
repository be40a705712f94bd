<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FilterWords</name>
    <message>
        <source>channel: %1</source>
        <translation>通道：%1</translation>
    </message>
    <message>
        <source>tag: %1</source>
        <translation>标记：%1</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>not edited</source>
        <translation>未编辑</translation>
    </message>
    <message>
        <source>file: %1</source>
        <translation>文件：%1</translation>
    </message>
    <message>
        <source>import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>question: %1</source>
        <translation>提问：%1</translation>
    </message>
    <message>
        <source>answer: %1</source>
        <translation>答案：%1</translation>
    </message>
    <message>
        <source>words “%1”</source>
        <translation>词语“%1”</translation>
    </message>
</context>
<context>
    <name>assay::BulkActions</name>
    <message>
        <source>Accept %1 samples?</source>
        <translation>接受 %1 个样本？</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>接受 %1 个</translation>
    </message>
    <message>
        <source>%1 samples accepted in bulk</source>
        <translation>已批量接受 %1 个样本</translation>
    </message>
    <message>
        <source>Reject %1 samples?</source>
        <translation>拒绝 %1 个样本？</translation>
    </message>
    <message>
        <source>Reject %1</source>
        <translation>拒绝 %1 个</translation>
    </message>
    <message>
        <source>%1 samples rejected in bulk</source>
        <translation>已批量拒绝 %1 个样本</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>添加标记</translation>
    </message>
    <message>
        <source>Remove a tag</source>
        <translation>移除标记</translation>
    </message>
    <message>
        <source>Tag to add to %1 samples</source>
        <translation>要添加到 %1 个样本的标记</translation>
    </message>
    <message>
        <source>Tag to remove from %1 samples</source>
        <translation>要从 %1 个样本移除的标记</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Tag %1 samples “%2”?</source>
        <translation>为 %1 个样本添加标记“%2”？</translation>
    </message>
    <message>
        <source>Tag %1</source>
        <translation>标记 %1 个</translation>
    </message>
    <message>
        <source>%1 samples tagged “%2”</source>
        <translation>已为 %1 个样本添加标记“%2”</translation>
    </message>
    <message>
        <source>Remove the tag “%2” from %1 samples?</source>
        <translation>从 %1 个样本移除标记“%2”？</translation>
    </message>
    <message>
        <source>Remove from %1</source>
        <translation>从 %1 个移除</translation>
    </message>
    <message>
        <source>Tag “%2” removed from %1 samples</source>
        <translation>已从 %1 个样本移除标记“%2”</translation>
    </message>
    <message>
        <source>Set the channel</source>
        <translation>设置通道</translation>
    </message>
    <message>
        <source>Channel of %1 samples</source>
        <translation>%1 个样本的通道</translation>
    </message>
    <message>
        <source>Put %1 samples into the channel “%2”?</source>
        <translation>将 %1 个样本归入通道“%2”？</translation>
    </message>
    <message>
        <source>Set %1</source>
        <translation>设置 %1 个</translation>
    </message>
    <message>
        <source>%1 samples put into the channel “%2”</source>
        <translation>已将 %1 个样本归入通道“%2”</translation>
    </message>
    <message>
        <source>The selected rows.</source>
        <translation>所选行。</translation>
    </message>
    <message>
        <source>All samples of the project.</source>
        <translation>项目的全部样本。</translation>
    </message>
    <message>
        <source>All samples of this filter: %1.</source>
        <translation>此筛选的全部样本：%1。</translation>
    </message>
    <message>
        <source>Recorded as one decision in bulk: it does not count as looked at, and Ctrl+Z takes all of it back.</source>
        <translation>记为一次批量决定：不计为已查看，按 Ctrl+Z 可全部撤回。</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Again: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed</source>
        <translation>已取消：未作任何更改</translation>
    </message>
</context>
<context>
    <name>assay::ColumnPicker</name>
    <message>
        <source>by its usual name</source>
        <translation>按惯用名称</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>Added to the question</source>
        <translation>附加到提问</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Earlier turns</source>
        <translation>先前轮次</translation>
    </message>
    <message>
        <source>Chosen answer</source>
        <translation>选中的答案</translation>
    </message>
    <message>
        <source>Rejected answer</source>
        <translation>被拒的答案</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Reference answer</source>
        <translation>参考答案</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
</context>
<context>
    <name>assay::DataPanel</name>
    <message>
        <source>Overview of the data</source>
        <translation>数据概览</translation>
    </message>
    <message>
        <source>Table of samples</source>
        <translation>样本表</translation>
    </message>
    <message>
        <source>Check all samples</source>
        <translation>检查全部样本</translation>
    </message>
    <message>
        <source>Search samples</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Save the filter as a view…</source>
        <translation>将筛选另存为视图…</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Export samples…</source>
        <translation>导出样本…</translation>
    </message>
    <message>
        <source>Losses of a run…</source>
        <translation>运行的损失…</translation>
    </message>
    <message>
        <source>Undo the last bulk action</source>
        <translation>撤销上一次批量操作</translation>
    </message>
    <message>
        <source>Redo the bulk action</source>
        <translation>重做批量操作</translation>
    </message>
    <message>
        <source>Overview or table</source>
        <translation>概览或表格</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>What the data is like, by named rules</source>
        <translation>按具名规则显示数据概况</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Every sample, with filters</source>
        <translation>全部样本，可筛选</translation>
    </message>
    <message>
        <source>Losses of a run</source>
        <translation>运行的损失</translation>
    </message>
    <message>
        <source>This project has no runs yet.</source>
        <translation>此项目还没有运行。</translation>
    </message>
    <message>
        <source>Show the loss that each answer had when this run last learnt it</source>
        <translation>显示此运行最近一次学习各答案时的损失</translation>
    </message>
    <message>
        <source>Losses of %1 samples taken in; %2 rows of the run are not in this project.</source>
        <translation>已载入 %1 个样本的损失；该运行有 %2 行不在此项目中。</translation>
    </message>
    <message>
        <source>The filter in use: %1.</source>
        <translation>当前筛选：%1。</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Data files (*.json *.jsonl *.csv *.tsv *.txt *.md);;All files (*)</source>
        <translation>数据文件 (*.json *.jsonl *.csv *.tsv *.txt *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>**Data** holds every sample of the project.

The table shows the samples that pass the filter: words typed into the search, and the restrictions under *Add filter*, each a chip that a click takes out. A filter can be saved as a *view*; training and export take views too. A click on a column head sorts where that is fast.

*In bulk* decides about the selected rows, or about all rows of the filter, as one decision that Ctrl+Z takes back. What is decided in bulk never counts as looked at.

Above a sample stand the checks that flag it: a click says by which rule and what in the text made it speak, and leads to the rows that share it. *Overview* runs the checks; *Add filter* › *Check* shows the rows of one.

Enter opens the sample in Review.</source>
        <translation>**数据**包含项目的全部样本。

表格显示符合筛选的样本：搜索框中输入的词语，以及*添加筛选*下的条件；每个条件是一个标签块，单击即可去掉。筛选可保存为*视图*；训练和导出也可使用视图。在排序较快的列上，单击列标题即可排序。

*批量*对所选行或筛选出的全部行作一次决定，按 Ctrl+Z 可撤回。批量决定的样本不计为已查看。

样本上方列出标出它的检查：单击可查看依据哪条规则、文本中的何处触发了它，并转到有同样问题的行。*概览*运行检查；*添加筛选* › *检查*显示某项检查的行。

按 Enter 在审阅中打开样本。</translation>
    </message>
</context>
<context>
    <name>assay::DataTable</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Progress of the review</source>
        <translation>审阅进度</translation>
    </message>
    <message>
        <source>In bulk</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>%1 selected samples</source>
        <translation>所选 %1 个样本</translation>
    </message>
    <message>
        <source>all %1 samples</source>
        <translation>全部 %1 个样本</translation>
    </message>
    <message>
        <source>all %1 samples of the filter</source>
        <translation>筛选出的全部 %1 个样本</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>接受…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>拒绝…</translation>
    </message>
    <message>
        <source>Add a tag…</source>
        <translation>添加标记…</translation>
    </message>
    <message>
        <source>Remove a tag…</source>
        <translation>移除标记…</translation>
    </message>
    <message>
        <source>Set the channel…</source>
        <translation>设置通道…</translation>
    </message>
    <message>
        <source>Undo the last bulk action</source>
        <translation>撤销上一次批量操作</translation>
    </message>
    <message>
        <source>Redo it</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Reading the samples</source>
        <translation>正在读取样本</translation>
    </message>
    <message>
        <source>looked at %1</source>
        <translation>已查看 %1</translation>
    </message>
    <message>
        <source>accepted %1 %</source>
        <translation>接受率 %1 %</translation>
    </message>
    <message>
        <source>in bulk %1 (not counted)</source>
        <translation>批量 %1（不计入）</translation>
    </message>
    <message>
        <source>median %1 s a sample</source>
        <translation>每个样本中位用时 %1 秒</translation>
    </message>
    <message>
        <source>%1 samples</source>
        <translation>%1 个样本</translation>
    </message>
    <message>
        <source>%1 of %2 samples</source>
        <translation>%1 个样本（共 %2 个）</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>已选 %1 个</translation>
    </message>
    <message>
        <source>The samples cannot be read</source>
        <translation>无法读取样本</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>还没有样本</translation>
    </message>
    <message>
        <source>Drop a data file here: Alpaca, ShareGPT, OpenAI messages, preference pairs, CSV or plain text.</source>
        <translation>将数据文件拖放到此处：Alpaca、ShareGPT、OpenAI 消息、偏好对、CSV 或纯文本。</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>No sample passes this filter</source>
        <translation>没有符合此筛选的样本</translation>
    </message>
    <message>
        <source>Nothing has %1.</source>
        <translation>没有样本符合：%1。</translation>
    </message>
    <message>
        <source>Progress of the bulk action</source>
        <translation>批量操作的进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Changing many samples…</source>
        <translation>正在更改大量样本…</translation>
    </message>
</context>
<context>
    <name>assay::DataTableModel</name>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Click to sort</source>
        <translation>单击以排序</translation>
    </message>
    <message>
        <source>id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>last user turn</source>
        <translation>最后的用户轮次</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>answer loss</source>
        <translation>答案损失</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>%1 ch</source>
        <translation>%1 字符</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>%1 characters asked, %2 answered</source>
        <translation>提问 %1 个字符，答案 %2 个字符</translation>
    </message>
    <message>
        <source>%1 tokens, of which %2 are trained</source>
        <translation>%1 个词元，其中 %2 个参与训练</translation>
    </message>
    <message>
        <source>No model has scored this answer yet.</source>
        <translation>还没有模型为此答案评分。</translation>
    </message>
    <message>
        <source>Mean loss of the answer in nats a token, under %1.</source>
        <translation>%1 下答案的平均损失，单位为奈特/词元。</translation>
    </message>
    <message>
        <source>The text was edited since.</source>
        <translation>此后文本已编辑。</translation>
    </message>
    <message>
        <source>Settled by adjudication.</source>
        <translation>已由裁决确定。</translation>
    </message>
    <message>
        <source>The text was edited.</source>
        <translation>文本已编辑。</translation>
    </message>
</context>
<context>
    <name>assay::ExportDialog</name>
    <message>
        <source>instruction, input, output: one turn with its history; the plainest form.</source>
        <translation>instruction、input、output：单个轮次及其历史；最简单的形式。</translation>
    </message>
    <message>
        <source>conversations of from and value, with tools and preference pairs; what LLaMA-Factory reads.</source>
        <translation>由 from 和 value 组成的对话，含工具和偏好对；LLaMA-Factory 可读取。</translation>
    </message>
    <message>
        <source>messages of role and content with tool calls; what OpenAI and most trainers read.</source>
        <translation>由 role 和 content 组成的消息，含工具调用；OpenAI 和多数训练程序可读取。</translation>
    </message>
    <message>
        <source>messages made of typed parts, with thinking and loss weights.</source>
        <translation>由带类型的部分组成的消息，含思考和损失权重。</translation>
    </message>
    <message>
        <source>prompt, chosen and rejected, or prompt and completion; what TRL reads.</source>
        <translation>prompt、chosen 和 rejected，或 prompt 和 completion；TRL 可读取。</translation>
    </message>
    <message>
        <source>columns separated by commas; single turns only.</source>
        <translation>以逗号分隔的列；仅限单轮。</translation>
    </message>
    <message>
        <source>columns separated by tabs; single turns only.</source>
        <translation>以制表符分隔的列；仅限单轮。</translation>
    </message>
    <message>
        <source>plain pre-training text; paragraphs, or rows of text in a JSON file.</source>
        <translation>纯预训练文本；段落，或 JSON 文件中的文本行。</translation>
    </message>
    <message>
        <source>the table&apos;s columns and previews, not the whole texts; CSV, or JSON by the file&apos;s name.</source>
        <translation>表格的列和预览，而非全文；CSV，或按文件名为 JSON。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export %1 samples</source>
        <translation>导出 %1 个样本</translation>
    </message>
    <message>
        <source>All samples of the project.</source>
        <translation>项目的全部样本。</translation>
    </message>
    <message>
        <source>The samples of the filter: %1.</source>
        <translation>筛选出的样本：%1。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>this table</source>
        <translation>此表格</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Cancelled; no file was written.</source>
        <translation>已取消；未写入文件。</translation>
    </message>
    <message>
        <source>%1 samples written to %2</source>
        <translation>%1 个样本已写入 %2</translation>
    </message>
    <message>
        <source>%1 were left out: %2</source>
        <translation>%1 个未导出：%2</translation>
    </message>
    <message>
        <source>The format has no place for %1 (%2 samples).</source>
        <translation>该格式无法存放 %1（%2 个样本）。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>assay::FilterBar</name>
    <message>
        <source>Search question and answer</source>
        <translation>搜索提问和答案</translation>
    </message>
    <message>
        <source>Search samples</source>
        <translation>搜索样本</translation>
    </message>
    <message>
        <source>All words must occur; &quot;two words&quot; in this order, word* a beginning, -word absent</source>
        <translation>所有词都须出现；&quot;two words&quot; 按此顺序出现，word* 为词首，-word 为不含</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>添加筛选</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Take out: %1</source>
        <translation>去掉：%1</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>not edited</source>
        <translation>未编辑</translation>
    </message>
    <message>
        <source>Length…</source>
        <translation>长度…</translation>
    </message>
    <message>
        <source>Tokens of the sample</source>
        <translation>样本的词元数</translation>
    </message>
    <message>
        <source>Characters of the sample</source>
        <translation>样本的字符数</translation>
    </message>
    <message>
        <source>Loss…</source>
        <translation>损失…</translation>
    </message>
    <message>
        <source>Loss of the answer, nats a token</source>
        <translation>答案的损失，奈特/词元</translation>
    </message>
    <message>
        <source>Rating…</source>
        <translation>评分…</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Name of the view: %1</source>
        <translation>视图名称：%1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>All samples</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>Save as a view…</source>
        <translation>另存为视图…</translation>
    </message>
    <message>
        <source>Rename the view…</source>
        <translation>重命名视图…</translation>
    </message>
    <message>
        <source>Rename “%1”…</source>
        <translation>重命名“%1”…</translation>
    </message>
    <message>
        <source>Rename view</source>
        <translation>重命名视图</translation>
    </message>
    <message>
        <source>New name of the view</source>
        <translation>视图的新名称</translation>
    </message>
    <message>
        <source>Delete the view</source>
        <translation>删除视图</translation>
    </message>
    <message>
        <source>Delete “%1”</source>
        <translation>删除“%1”</translation>
    </message>
    <message numerus="yes">
        <source>%n more…</source>
        <translation>
            <numerusform>还有 %n 个…</numerusform>
        </translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Not looked through yet: see the overview</source>
        <translation>尚未检查：见概览</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>assay::ImportDialog</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>%1 of %2 read</source>
        <translation>已读取 %1，共 %2</translation>
    </message>
    <message>
        <source>Recognised format</source>
        <translation>识别的格式</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>as recognised</source>
        <translation>按识别结果</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>from the row, else %1</source>
        <translation>取自各行，否则为 %1</translation>
    </message>
    <message>
        <source>The source or task of these samples: losses are shown for each channel.</source>
        <translation>这些样本的来源或任务：损失按通道分别显示。</translation>
    </message>
    <message>
        <source>First row names the columns</source>
        <translation>首行为列名</translation>
    </message>
    <message>
        <source>What becomes a sample</source>
        <translation>样本的划分</translation>
    </message>
    <message>
        <source>A paragraph is a sample</source>
        <translation>每段一个样本</translation>
    </message>
    <message>
        <source>A line is a sample</source>
        <translation>每行一个样本</translation>
    </message>
    <message>
        <source>The file is one sample</source>
        <translation>整个文件一个样本</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>First samples</source>
        <translation>前几个样本</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>question</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>The first samples, as they will be</source>
        <translation>前几个样本导入后的样子</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Nothing of the file will be kept.</source>
        <translation>文件的任何内容都不会保留。</translation>
    </message>
    <message>
        <source>Taking back what was read</source>
        <translation>正在撤回已读取的内容</translation>
    </message>
    <message>
        <source>Import report</source>
        <translation>导入报告</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>what</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show the overview</source>
        <translation>显示概览</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Text (*.txt);;JSON lines (*.jsonl)</source>
        <translation>文本 (*.txt);;JSON 行 (*.jsonl)</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>No known format fits. Choose one, or say which columns hold what.</source>
        <translation>没有符合的已知格式。选择一种格式，或指定各列的内容。</translation>
    </message>
    <message>
        <source>The columns have names that no format knows. Say which hold what.</source>
        <translation>列名不属于任何已知格式。指定各列的内容。</translation>
    </message>
    <message>
        <source>, preference pairs</source>
        <translation>，偏好对</translation>
    </message>
    <message numerus="yes">
        <source>Certain: all of the first %n row(s) can be read</source>
        <translation>
            <numerusform>确定：前 %n 行均可读取，</numerusform>
        </translation>
    </message>
    <message>
        <source>Likely: %1 of the first %2 rows can be read</source>
        <translation>很可能：前 %2 行中有 %1 行可读取，</translation>
    </message>
    <message>
        <source>Doubtful: only %1 of the first %2 rows can be read</source>
        <translation>存疑：前 %2 行中仅 %1 行可读取，</translation>
    </message>
    <message>
        <source> as %1 (%2).</source>
        <translation> 格式为 %1（%2）。</translation>
    </message>
    <message>
        <source>Unknown roles: %1.</source>
        <translation>未知角色：%1。</translation>
    </message>
    <message>
        <source>chosen / rejected</source>
        <translation>选中 / 被拒</translation>
    </message>
    <message numerus="yes">
        <source>%n of these rows cannot be read: %1</source>
        <translation>
            <numerusform>其中 %n 行无法读取：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; nothing was kept.</source>
        <translation>已取消；未保留任何内容。</translation>
    </message>
    <message>
        <source>%1 samples imported</source>
        <translation>已导入 %1 个样本</translation>
    </message>
    <message>
        <source>, %1 rows rejected</source>
        <translation>，%1 行被拒绝</translation>
    </message>
    <message>
        <source>, %1 kept with a remark</source>
        <translation>，%1 行保留但有备注</translation>
    </message>
    <message>
        <source>Every row of the file could be kept.</source>
        <translation>文件的每一行都已保留。</translation>
    </message>
    <message>
        <source>Rejected rows are not lost: they stay in this report, which the project keeps.</source>
        <translation>被拒绝的行不会丢失：它们保留在此报告中，由项目保存。</translation>
    </message>
    <message>
        <source>remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Report saved as %1</source>
        <translation>报告已保存为 %1</translation>
    </message>
</context>
<context>
    <name>assay::NamesDialog</name>
    <message>
        <source>Search %1 names</source>
        <translation>在 %1 个名称中搜索</translation>
    </message>
    <message>
        <source>Search the names</source>
        <translation>搜索名称</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>assay::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Overview of the data</source>
        <translation>数据概览</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>检查进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Tokenizer that counts the tokens</source>
        <translation>用于计算词元数的分词器</translation>
    </message>
    <message>
        <source>Tokens are counted with the tokenizer and the template of this model; without one they are estimated from the characters.</source>
        <translation>词元数按此模型的分词器和模板计算；未选模型时按字符数估算。</translation>
    </message>
    <message>
        <source>tokens estimated</source>
        <translation>估算词元</translation>
    </message>
    <message>
        <source>cut beyond</source>
        <translation>截断上限</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 词元</translation>
    </message>
    <message>
        <source>Tokens beyond which an answer is cut</source>
        <translation>答案超过此词元数即被截断</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1，第 %2 步</translation>
    </message>
    <message>
        <source>The overview cannot be read</source>
        <translation>无法读取概览</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>out of date: the data changed since</source>
        <translation>已过时：此后数据有变化</translation>
    </message>
    <message>
        <source>Looking through %1 samples</source>
        <translation>正在检查 %1 个样本</translation>
    </message>
    <message>
        <source>You can go on working meanwhile.</source>
        <translation>其间可以继续工作。</translation>
    </message>
    <message>
        <source>No samples yet</source>
        <translation>还没有样本</translation>
    </message>
    <message>
        <source>Import a data file, and this page says what is in it: lengths, duplicates, contradictions, broken rows, languages.</source>
        <translation>导入数据文件后，此页显示其中的内容：长度、重复、矛盾、损坏的行、语言。</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Not looked through yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Lengths, exact duplicates, the same question with different answers, broken roles and tool calls, boilerplate, languages: no model is needed.</source>
        <translation>长度、完全重复、同一提问的不同答案、错误的角色和工具调用、套话、语言：不需要模型。</translation>
    </message>
    <message>
        <source>Check %1 samples</source>
        <translation>检查 %1 个样本</translation>
    </message>
    <message>
        <source>Show these rows</source>
        <translation>显示这些行</translation>
    </message>
    <message>
        <source>Checked %1 with rules version %2.</source>
        <translation>已检查 %1，规则版本 %2。</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>tokens, estimated</source>
        <translation>词元，估算</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>one for 4 characters, two for 3 Chinese, Japanese or Korean ones; choose a model to count</source>
        <translation>每 4 个字符计 1 个，每 3 个中日韩字符计 2 个；选择模型以准确计算</translation>
    </message>
    <message>
        <source>counted with %1 and its template</source>
        <translation>按 %1 及其模板计算</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>%1 answers, %2 trained %3</source>
        <translation>%1 个答案，%2 个参与训练的%3</translation>
    </message>
    <message>
        <source>median length (p50)</source>
        <translation>长度中位数（p50）</translation>
    </message>
    <message>
        <source>%1: %2. %3 characters</source>
        <translation>%1：%2。%3 个字符</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>95 % of the rows are not longer. %1 characters</source>
        <translation>95 % 的行不超过此长度。%1 个字符</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>the longest has %1 tokens. %2 characters</source>
        <translation>最长的有 %1 个词元。%2 个字符</translation>
    </message>
    <message>
        <source>%1 (%2 tokens)</source>
        <translation>%1（%2 个词元）</translation>
    </message>
    <message>
        <source>%1 groups, %2 rows more than needed: %3</source>
        <translation>%1 组，多余 %2 行：%3</translation>
    </message>
    <message>
        <source>%1 questions: %2</source>
        <translation>%1 个提问：%2</translation>
    </message>
    <message>
        <source>role and tool-call errors</source>
        <translation>角色和工具调用错误</translation>
    </message>
    <message>
        <source>findings of all rules about roles, empty turns, tool calls and pairs, listed below</source>
        <translation>角色、空轮次、工具调用和偏好对各规则的发现，列于下方</translation>
    </message>
    <message>
        <source>Nothing of: %1.</source>
        <translation>未发现：%1。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>by script, and by function words of English, German, French, Spanish, Italian, Portuguese and Dutch; short texts are not told</source>
        <translation>按文字系统，以及英语、德语、法语、西班牙语、意大利语、葡萄牙语和荷兰语的功能词判定；短文本不判定</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>tokens p50</source>
        <translation>词元 p50</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>错误</translation>
    </message>
    <message numerus="yes">
        <source>and %n smaller channel(s)</source>
        <translation>
            <numerusform>及 %n 个较小的通道</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 errors</source>
        <translation>%1：%2 个错误</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Held-out rows to look for leaks of</source>
        <translation>用于查找泄漏的留出行</translation>
    </message>
    <message>
        <source>Which rows a model is judged by. Rows that share 12 words with one of them are leaks.</source>
        <translation>用哪些行评判模型。与其中任一行有 12 个连续词相同的行即为泄漏。</translation>
    </message>
    <message>
        <source>no held-out rows</source>
        <translation>无留出行</translation>
    </message>
    <message>
        <source>view “%1”</source>
        <translation>视图“%1”</translation>
    </message>
    <message>
        <source>channel “%1”</source>
        <translation>通道“%1”</translation>
    </message>
    <message>
        <source>leaks of %1</source>
        <translation>泄漏：%1</translation>
    </message>
    <message>
        <source>%1 groups: %2</source>
        <translation>%1 组：%2</translation>
    </message>
    <message>
        <source>held against %1, %2 rows: %3</source>
        <translation>对照 %1 的 %2 行：%3</translation>
    </message>
    <message>
        <source>Not looked for: leaks. Choose above which rows a model is judged by, a channel or a saved view.</source>
        <translation>未查找：泄漏。请在上方选择用于评判模型的行（某个通道或已保存的视图）。</translation>
    </message>
</context>
<context>
    <name>assay::RangeDialog</name>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
</context>
<context>
    <name>assay::SamplePane</name>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检视</translation>
    </message>
    <message>
        <source>See the probability of every token</source>
        <translation>查看每个词元的概率</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>Judge this sample and the ones after it (Enter)</source>
        <translation>评判此样本及其后的样本（Enter）</translation>
    </message>
    <message>
        <source>No sample chosen</source>
        <translation>未选择样本</translation>
    </message>
    <message>
        <source>Choose a row of the table to read its text here.</source>
        <translation>选择表格中的一行，在此阅读其文本。</translation>
    </message>
    <message>
        <source>Sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>The sample cannot be read</source>
        <translation>无法读取样本</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
</context>
</TS>
